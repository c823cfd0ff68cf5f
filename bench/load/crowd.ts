import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { newId } from "#shared/ids.ts";
import type { Place } from "../cast.ts";
import type { ServerName } from "../peers.ts";
import { type Arrival, type Call, FIRST_CALL, isOwn, WIRES, type Wire } from "./wire.ts";

type Handler = (place: number, data: Buffer) => void;
/** True for the frame with which an arrival is complete. */
type IsIn = (data: Buffer, text: string) => boolean;

const OPENING_AT_ONCE = 50;
const JOIN_WITHIN_MS = 20_000;
const CALM_WITHIN_MS = 60_000;

/** Subscribed sockets on one server. Whoever measures sets `onFrame`. */
export class Crowd {
  readonly wire: Wire;
  readonly places: Place[];
  readonly perRoom: number;
  readonly sockets: WebSocket[] = [];
  /** What each socket saw last, where the server says it. */
  readonly cursors: (string | null)[] = [];
  onFrame: Handler = () => {};
  isBrowser = false;
  lastFrameAt = 0;
  #calls = FIRST_CALL;
  #isClosing = false;
  #fail: (error: Error) => void = () => {};
  /** Rejects when a socket was lost: figures of a crowd that shrinks would mean nothing. */
  readonly lost: Promise<never>;

  constructor(server: ServerName, places: Place[], perRoom: number) {
    this.wire = WIRES[server];
    this.places = places;
    this.perRoom = perRoom;
    this.lost = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.lost.catch(() => {});
  }

  async open(port: number): Promise<void> {
    await this.each(OPENING_AT_ONCE, (place) => {
      let seen = 0;
      return this.arrive(port, place, null, (_, text) => !isOwn(text) && this.wire.isJoined(text, seen++));
    });
  }

  /** All places, so many at once. */
  async each(atOnce: number, work: (place: number) => Promise<void>): Promise<void> {
    let next = 0;
    const lane = async () => {
      while (next < this.places.length) await work(next++);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  /** Settles when nothing has come in for a while: everybody has been told what there is to tell. */
  async calm(calmMs: number): Promise<void> {
    const until = performance.now() + CALM_WITHIN_MS;
    this.onFrame = () => {};
    this.lastFrameAt = performance.now();
    while (performance.now() - this.lastFrameAt < calmMs && performance.now() < until) await sleep(100);
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

  /** All sockets go at once, as when a proxy is restarted, and may come back. Settles when the last is gone. */
  async cut(): Promise<void> {
    this.#isClosing = true;
    const gone = this.sockets.map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    for (const socket of this.sockets) socket.terminate();
    await Promise.all(gone);
    this.#isClosing = false;
  }

  #at(place: number): Place {
    const found = this.places[place];
    if (!found) throw new Error(`Nobody is at place ${place}.`);
    return found;
  }

  /** Every socket has its own request id, as in a crowd whose sockets are of different age: the worst case for ours. */
  async arrive(port: number, place: number, after: string | null, isIn: IsIn): Promise<void> {
    const { person, roomId } = this.#at(place);
    const arrival: Arrival = { id: place + 1, roomId, after, isBrowser: this.isBrowser };
    const { path, headers, hello, reply, cursorIn } = this.wire;
    const url = `ws://127.0.0.1:${port}${path(roomId)}`;
    const socket = new WebSocket(url, { headers: headers(person), perMessageDeflate: false });
    this.sockets[place] = socket;
    socket.on("open", () => {
      for (const text of hello(arrival)) socket.send(text);
    });
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Place ${place} was not subscribed in time.`)), JOIN_WITHIN_MS);
      let hasArrived = false;
      const gone = (why: string) => {
        clearTimeout(late);
        if (this.#isClosing) return;
        const error = new Error(`Place ${place} lost its socket: ${why}`);
        if (hasArrived) this.#fail(error);
        else reject(error);
      };
      socket.on("error", (error) => gone(error.message));
      socket.on("close", (code) => gone(String(code)));
      socket.on("message", (data: Buffer) => {
        this.lastFrameAt = performance.now();
        // Pings and handshakes are short; a long frame is never looked at twice.
        const text = !hasArrived || data.length < 8 ? data.toString() : "";
        const answer = text === "" ? null : reply(text, arrival);
        if (answer) return socket.send(answer);
        if (hasArrived) return this.onFrame(place, data);
        this.cursors[place] = cursorIn(text) ?? this.cursors[place] ?? null;
        if (!isIn(data, text)) return;
        hasArrived = true;
        clearTimeout(late);
        resolve();
      });
    });
  }
}
