import type pg from "pg";
import type { ListenState } from "#shared/rooms.ts";
import { isUnreachable } from "../db/sqlstate.ts";
import { log } from "../log.ts";
import { Audience } from "./audience.ts";
import type { Hint } from "./hints.ts";
import type { Inbox } from "./inbox.ts";
import { MeNews } from "./me-news.ts";
import { MeRound } from "./me-round.ts";
import { Rounds } from "./rounds.ts";
import type { Sockets } from "./sockets.ts";

/** Counting is worth a fifth of the node: the pause grows with what the round took, and with the feeds that it woke (about 40 µs each). */
const PAUSE_MIN_MS = 100;
const PAUSE_MAX_MS = 2_000;
const PAUSE_PER_PUSH_MS = 0.2;
const RETRY_MS = 500;
/** A feed that begins waits no longer than this, whatever the pause. */
const WELCOME_MS = 50;

/**
 * What is somebody's own, for everybody on this node: the hub's way, for `me.feed`. Hints mark what is stale; one round at a
 * time reads it for all connected people together and puts it into their inboxes. A feed that begins is somebody of whom
 * everything is stale, so that a snapshot, a change and a repair are one path, and a thousand feeds that come back are a
 * handful of statements.
 */
export class MeDesk {
  readonly #db: pg.Pool;
  readonly #sockets: Pick<Sockets, "revoke">;
  readonly #listening: () => ListenState;
  readonly #audience = new Audience();
  readonly #rounds = new Rounds("me", () => this.#round());
  #news = new MeNews();

  constructor(db: pg.Pool, sockets: Pick<Sockets, "revoke">, listening: () => ListenState) {
    this.#db = db;
    this.#sockets = sockets;
    this.#listening = listening;
  }

  get inboxes(): number {
    return this.#audience.inboxes;
  }

  /** Opened before the first read: what changes in between is marked. Closed by the signal. */
  open(userId: string, signal: AbortSignal | undefined): Inbox {
    const inbox = this.#audience.open(userId);
    signal?.addEventListener("abort", () => inbox.close(), { once: true });
    if (signal?.aborted) inbox.close();
    inbox.push({ type: "node", listening: this.#listening() });
    this.#news.everything.add(userId);
    this.#rounds.ask(WELCOME_MS);
    return inbox;
  }

  hear(hint: Hint): void {
    if (this.#news.take(hint)) this.#rounds.ask();
  }

  /** Something may have been missed: everything is read anew. */
  refresh(): void {
    for (const inbox of this.#audience.all()) inbox.told.clear();
    for (const userId of this.#audience.userIds) this.#news.everything.add(userId);
    this.#rounds.ask();
  }

  /** How the node hears has changed: that alone is told. */
  tell(listening: ListenState): void {
    for (const inbox of this.#audience.all()) inbox.push({ type: "node", listening });
  }

  /** Nothing can be read: every feed ends with the reason, and its client comes back. */
  lose(reason: unknown): void {
    for (const inbox of [...this.#audience.all()]) inbox.fail(reason);
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #round(): Promise<number> {
    const startedAt = performance.now();
    const news = this.#news;
    this.#news = new MeNews();
    const round = new MeRound(this.#db, this.#audience, this.#sockets, news);
    try {
      await round.read();
      for (const userId of round.later) this.#news.moved.add(userId);
      if (round.later.length > 0) this.#rounds.ask(WELCOME_MS);
    } catch (error) {
      this.#postpone(news, error);
      return RETRY_MS;
    }
    const pauseMs = Math.max(4 * (performance.now() - startedAt), round.pushed * PAUSE_PER_PUSH_MS);
    return Math.min(PAUSE_MAX_MS, Math.max(PAUSE_MIN_MS, pauseMs));
  }

  /** What could not be read stays stale. Feeds that know nothing yet are told, and come back: they would show nothing meanwhile. */
  #postpone(news: MeNews, error: unknown): void {
    log().warn({ error: String(error) }, "me.read_failed");
    for (const userId of news.everything) for (const inbox of [...this.#audience.inboxesOf(userId)]) inbox.fail(error);
    if (isUnreachable(error)) this.lose(error);
    this.#news.add(news);
    this.#rounds.ask();
  }
}
