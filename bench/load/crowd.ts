import { WebSocket } from "ws";
import { newId } from "#shared/ids.ts";
import type { Person, ServerName } from "../plan.ts";
import { type Call, FIRST_CALL, WIRES, type Wire } from "./wire.ts";

export type Place = { person: Person; roomId: string };
type Handler = (place: number, data: Buffer) => void;

const OPENING_AT_ONCE = 50;
const JOIN_WITHIN_MS = 20_000;

/** Subscribed sockets on one server. Whoever measures sets `onFrame`. */
export class Crowd {
  readonly wire: Wire;
  readonly places: Place[];
  readonly sockets: WebSocket[] = [];
  onFrame: Handler = () => {};
  #calls = FIRST_CALL;
  #isClosing = false;
  #fail: (error: Error) => void = () => {};
  /** Rejects when a socket was lost: figures of a crowd that shrinks would mean nothing. */
  readonly lost: Promise<never>;

  constructor(server: ServerName, places: Place[]) {
    this.wire = WIRES[server];
    this.places = places;
    this.lost = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.lost.catch(() => {});
  }

  async open(port: number): Promise<void> {
    let next = 0;
    const work = async () => {
      while (next < this.places.length) await this.#join(port, next++);
    };
    await Promise.all(Array.from({ length: OPENING_AT_ONCE }, work));
  }

  /** A call of the person at this place, with a number that was never used before. */
  call(place: number): Call {
    const { person, roomId } = this.#at(place);
    return { id: this.#calls++, roomId, authorId: person.id, clientId: newId() };
  }

  say(place: number, text: string): void {
    this.sockets[place]?.send(text);
  }

  close(): void {
    this.#isClosing = true;
    for (const socket of this.sockets) socket.terminate();
  }

  #at(place: number): Place {
    const found = this.places[place];
    if (!found) throw new Error(`Nobody is at place ${place}.`);
    return found;
  }

  /** Every socket has its own request id, as in a crowd whose sockets are of different age: the worst case for ours. */
  async #join(port: number, place: number): Promise<void> {
    const { person, roomId } = this.#at(place);
    const call: Call = { id: place + 1, roomId, authorId: person.id, clientId: "" };
    const { path, headers, hello, reply, isJoined } = this.wire;
    const url = `ws://127.0.0.1:${port}${path(roomId)}`;
    const socket = new WebSocket(url, { headers: headers(person), perMessageDeflate: false });
    this.sockets[place] = socket;
    socket.on("open", () => {
      const text = hello(call);
      if (text) socket.send(text);
    });
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Place ${place} was not subscribed in time.`)), JOIN_WITHIN_MS);
      const gone = (why: string) => {
        if (this.#isClosing) return;
        const error = new Error(`Place ${place} lost its socket: ${why}`);
        reject(error);
        this.#fail(error);
      };
      let seen = 0;
      let isIn = false;
      socket.on("error", (error) => gone(error.message));
      socket.on("close", (code) => gone(String(code)));
      socket.on("message", (data: Buffer) => {
        // Pings and handshakes are short; a long frame is never looked at twice.
        const text = !isIn || data.length < 8 ? data.toString() : "";
        const answer = text === "" ? null : reply(text, call);
        if (answer) socket.send(answer);
        else if (isIn) this.onFrame(place, data);
        else if (isJoined(text, seen++)) {
          isIn = true;
          clearTimeout(late);
          resolve();
        }
      });
    });
  }
}
