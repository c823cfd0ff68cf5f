import type pg from "pg";
import { log } from "../log.ts";
import { CHANNEL, type Typing, typingHint } from "./hints.ts";
import { Rounds } from "./rounds.ts";

/** All that is typed on this node leaves in one transaction this often: every NOTIFY takes a transaction id and an instance-wide lock. */
const PAUSE_MS = 300;
/** A device says so every two seconds (TYPING_EVERY_MS); more often than this in one place is not heard. */
const EVERY_MS = 1_000;
/** Places in which one person types within EVERY_MS: two hands on as many devices do not reach it. */
const PLACES_MAX = 5;
/** 70 hints of at most 112 bytes: below the 7.9 kB of a payload. */
const HINTS_PER_PAYLOAD = 70;

/**
 * Who types, on its way out. Nothing is stored, and nothing is delivered from here, not even on this node: it comes back
 * over LISTEN. That is the order in which Postgres committed, so a removal is always heard before what was typed after it
 * (R9), on every node; delivered at once it could overtake.
 */
export class TypingDesk {
  readonly #db: pg.Pool;
  readonly #rounds = new Rounds("typing", () => this.#flush());
  readonly #outgoing = new Set<string>();
  /** When each person last said so, by place. */
  readonly #said = new Map<string, Map<string, number>>();

  constructor(db: pg.Pool) {
    this.#db = db;
  }

  /** Somebody types, whose membership was proved. */
  say(typing: Typing): void {
    const hint = typingHint(typing);
    if (!this.#isNews(typing.userId, hint)) return;
    this.#outgoing.add(hint);
    this.#rounds.ask();
  }

  #isNews(userId: string, hint: string): boolean {
    const nowMs = performance.now();
    const places = this.#said.get(userId) ?? new Map<string, number>();
    for (const [place, atMs] of places) if (nowMs - atMs >= EVERY_MS) places.delete(place);
    if (places.has(hint) || places.size >= PLACES_MAX) return false;
    places.set(hint, nowMs);
    this.#said.set(userId, places);
    return true;
  }

  async #flush(): Promise<number> {
    const hints = [...this.#outgoing];
    this.#outgoing.clear();
    this.#forget();
    const payloads: string[] = [];
    for (let at = 0; at < hints.length; at += HINTS_PER_PAYLOAD)
      payloads.push(hints.slice(at, at + HINTS_PER_PAYLOAD).join(","));
    // What could not be told is out of date a moment later: it is not kept.
    await this.#db
      .query({
        name: "typing",
        text: "select pg_notify($1, hints) from unnest($2::text[]) hints",
        values: [CHANNEL, payloads],
      })
      .catch((error) => log().debug({ error: String(error) }, "typing.failed"));
    return PAUSE_MS;
  }

  /** People who stopped are forgotten with the next flush of somebody else: it is one number each. */
  #forget(): void {
    const nowMs = performance.now();
    for (const [userId, places] of this.#said)
      if ([...places.values()].every((atMs) => nowMs - atMs >= EVERY_MS)) this.#said.delete(userId);
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }
}
