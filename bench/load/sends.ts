import { setTimeout as sleep } from "node:timers/promises";
import { bodyOf } from "../plan.ts";
import type { Crowd } from "./crowd.ts";
import { numbersIn } from "./fan-out.ts";

export type DurableAsk = { inFlight: number; warmUpMs: number; forMs: number };
/** `delaysMs` are those of the measured time; `sends` counts the warm-up and the landing too, as the server's CPU does. */
export type SendsSeen = { sends: number; delaysMs: number[] };

const DELIVERED_WITHIN_MS = 15_000;
/** Between two lone sends: the node is idle again. */
const PAUSE_MS = 5;

type Flight = { place: number; sentAt: number; isAnswered: boolean; isDelivered: boolean };

/**
 * Sends of people in pairs: places 2n and 2n+1 share a room. A send is over when it was acknowledged to its author and
 * seen by the other; its delay ends with the latter. Nothing may be lost: at the end all flights have to have landed.
 */
export class Sends {
  readonly #crowd: Crowd;
  readonly #flights = new Map<number, Flight>();
  #sends = 0;
  #onAnswered: (place: number) => void = () => {};
  #onDelivered: (delayMs: number, atMs: number) => void = () => {};
  #onLanded: () => void = () => {};

  constructor(crowd: Crowd) {
    this.#crowd = crowd;
    crowd.onFrame = (place, data) => this.#read(place, data);
  }

  async durable({ inFlight, warmUpMs, forMs }: DurableAsk): Promise<SendsSeen> {
    const from = performance.now() + warmUpMs;
    const until = from + forMs;
    const delaysMs: number[] = [];
    this.#onDelivered = (delayMs, atMs) => {
      if (atMs >= from && atMs < until) delaysMs.push(delayMs);
    };
    this.#onAnswered = (place) => {
      if (performance.now() < until) this.#send(place);
    };
    for (let turn = 0; turn < inFlight; turn++) for (const place of this.#crowd.places.keys()) this.#send(place);
    await this.#crowdOr(sleep(warmUpMs + forMs));
    await this.#crowdOr(this.#allLanded());
    return { sends: this.#sends, delaysMs };
  }

  async lone(count: number): Promise<SendsSeen> {
    const delaysMs: number[] = [];
    this.#onAnswered = () => {};
    this.#onDelivered = (delayMs) => delaysMs.push(delayMs);
    for (let turn = 0; turn < count; turn++) {
      this.#send(turn % this.#crowd.places.length);
      await this.#crowdOr(this.#allLanded());
      await sleep(PAUSE_MS);
    }
    return { sends: this.#sends, delaysMs };
  }

  #send(place: number): void {
    const call = this.#crowd.call(place);
    this.#sends++;
    this.#flights.set(call.id, { place, sentAt: performance.now(), isAnswered: false, isDelivered: false });
    this.#crowd.say(place, this.#crowd.wire.send(call, bodyOf(call.id)));
  }

  #read(place: number, data: Buffer): void {
    const id = this.#crowd.wire.answered(data.toString("latin1", 0, 200));
    const flight = id === null ? undefined : this.#flights.get(id);
    if (id !== null && flight) {
      flight.isAnswered = true;
      this.#onAnswered(flight.place);
      this.#land(id, flight);
      return;
    }
    const now = performance.now();
    for (const number of numbersIn(data)) {
      const seen = this.#flights.get(number);
      if (!seen || seen.place === place || seen.isDelivered) continue;
      seen.isDelivered = true;
      this.#onDelivered(now - seen.sentAt, now);
      this.#land(number, seen);
    }
  }

  #land(id: number, { isAnswered, isDelivered }: Flight): void {
    if (!isAnswered || !isDelivered) return;
    this.#flights.delete(id);
    if (this.#flights.size === 0) this.#onLanded();
  }

  async #allLanded(): Promise<void> {
    if (this.#flights.size === 0) return;
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      this.#onLanded = resolve;
      late = setTimeout(() => reject(new Error(`${this.#flights.size} sends were lost.`)), DELIVERED_WITHIN_MS);
    });
    clearTimeout(late);
  }

  async #crowdOr<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#crowd.lost]);
  }
}
