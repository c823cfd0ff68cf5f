import { FIRST_CALL } from "./wire.ts";

/** How the messages of a run are found in a frame, whatever it is wrapped in: by the number in front of their bodies. */
const MARKER = Buffer.from('"body":"#');
/** No message of ours or of a peer is shorter than this, from one body to the next. */
const STRIDE = 300;
const [ZERO, NINE] = [0x30, 0x39];

/** Every number of a body in this frame, read in place: a room of 200 sees 200 bodies in a frame. */
export function* numbersIn(data: Buffer): Iterable<number> {
  for (let at = data.indexOf(MARKER); at !== -1; at = data.indexOf(MARKER, at + STRIDE)) {
    let number = 0;
    for (let index = at + MARKER.length; ; index++) {
      const digit = data[index] ?? 0;
      if (digit < ZERO || digit > NINE) break;
      number = number * 10 + digit - ZERO;
    }
    yield number;
  }
}

export function markersIn(data: Buffer): number {
  let found = 0;
  for (let at = data.indexOf(MARKER); at !== -1; at = data.indexOf(MARKER, at + STRIDE)) found++;
  return found;
}

/** The rooms' own history has the number 0; what a run sends has the number of its call. */
export const isSent = (number: number): boolean => number >= FIRST_CALL;
