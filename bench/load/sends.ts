import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { bodyOf } from "../cast.ts";
import type { Crowd } from "./crowd.ts";
import { Flights, type Verdict } from "./flights.ts";
import { isSent, numbersIn } from "./markers.ts";
import { type Beat, monotonicMs } from "./metronome.ts";

export type DurableAsk = { inFlight: number; warmUpMs: number; forMs: number };
export type LatencyAsk = { perSecond: number; warmUpMs: number; forMs: number };
/** `delaysMs` are those of the measured time; the verdict counts the warm-up and the landing too, as the server's CPU does. */
export type SendsSeen = { verdict: Verdict; delaysMs: number[] };

/** Some peers answer long before they tell: at saturation what was acknowledged may be many seconds from its readers. */
const DELIVERED_WITHIN_MS = 30_000;
/** Between two lone sends: the node is idle again. */
const PAUSE_MS = 5;
/** People take turns in this stride, so that neighbours in time are not neighbours in a room. */
const STRIDE = 37;
/** Until the metronome's thread is there. */
const LEAD_MS = 100;

/** Sends of people who sit in rooms; the delay of one ends when the last of the others has it. One object for one run. */
export class Sends {
  readonly #crowd: Crowd;
  readonly #flights: Flights;

  constructor(crowd: Crowd) {
    this.#crowd = crowd;
    this.#flights = new Flights(crowd.perRoom);
    crowd.onFrame = (place, data) => this.#read(place, data);
  }

  /** Closed loop: everybody keeps so many sends unanswered. */
  async durable({ inFlight, warmUpMs, forMs }: DurableAsk): Promise<SendsSeen> {
    const from = monotonicMs() + warmUpMs;
    const until = from + forMs;
    const delaysMs: number[] = [];
    this.#flights.onDelivered = (delayMs, _, atMs) => {
      if (atMs >= from && atMs < until) delaysMs.push(delayMs);
    };
    this.#flights.onAnswered = (place) => {
      if (monotonicMs() < until) this.#send(place, monotonicMs());
    };
    for (let turn = 0; turn < inFlight; turn++)
      for (const place of this.#crowd.places.keys()) this.#send(place, monotonicMs());
    await this.#crowdOr(sleep(warmUpMs + forMs));
    return this.#landed(delaysMs);
  }

  /** Open loop: so many a second, whether or not the server keeps up, each timed from the moment at which it was due. */
  async latency({ perSecond, warmUpMs, forMs }: LatencyAsk): Promise<SendsSeen> {
    const beat: Beat = {
      startAtMs: monotonicMs() + LEAD_MS,
      everyMs: 1_000 / perSecond,
      count: Math.round(((warmUpMs + forMs) / 1_000) * perSecond),
    };
    const from = beat.startAtMs + warmUpMs;
    const delaysMs: number[] = [];
    this.#flights.onDelivered = (delayMs, dueMs) => {
      if (dueMs >= from) delaysMs.push(delayMs);
    };
    const metronome = new Worker(new URL("./metronome.mjs", import.meta.url));
    const played = new Promise<void>((resolve, reject) => {
      metronome.on("error", reject);
      metronome.on("message", (turn: number) => {
        this.#send((turn * STRIDE) % this.#crowd.places.length, beat.startAtMs + turn * beat.everyMs);
        if (turn === beat.count - 1) resolve();
      });
    });
    metronome.postMessage(beat);
    await this.#crowdOr(played).finally(() => metronome.terminate());
    return this.#landed(delaysMs);
  }

  /** One at a time, on an idle node. */
  async lone(count: number): Promise<SendsSeen> {
    const delaysMs: number[] = [];
    this.#flights.onDelivered = (delayMs) => delaysMs.push(delayMs);
    for (let turn = 0; turn < count; turn++) {
      this.#send(turn % this.#crowd.places.length, monotonicMs());
      await this.#crowdOr(this.#allLanded());
      await sleep(PAUSE_MS);
    }
    return this.#landed(delaysMs);
  }

  #send(place: number, fromMs: number): void {
    const call = this.#crowd.call(place);
    this.#flights.start(call.id, place, fromMs);
    this.#crowd.say(place, this.#crowd.wire.send(call, bodyOf(call.id)));
  }

  #read(place: number, data: Buffer): void {
    const id = this.#crowd.wire.answered(data.toString("latin1", 0, 200));
    if (id !== null && this.#flights.answered(id)) return;
    const now = monotonicMs();
    for (const number of numbersIn(data)) if (isSent(number)) this.#flights.seen(number, place, now);
  }

  /** What is not there by now is missing, and is told so. */
  async #landed(delaysMs: number[]): Promise<SendsSeen> {
    await this.#crowdOr(this.#allLanded());
    // A second copy comes right behind the first, if there is one.
    await sleep(PAUSE_MS);
    return { verdict: this.#flights.verdict(), delaysMs };
  }

  async #allLanded(): Promise<void> {
    if (this.#flights.open === 0) return;
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#flights.onAllLanded = resolve;
      late = setTimeout(resolve, DELIVERED_WITHIN_MS);
    });
    clearTimeout(late);
  }

  async #crowdOr<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#crowd.lost]);
  }
}
