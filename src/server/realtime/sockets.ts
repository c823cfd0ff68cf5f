import type pg from "pg";
import type { WebSocket } from "ws";
import { Together } from "../db/together.ts";
import { endedSessionsAsSystem } from "./changes.ts";
import { bytesWrittenTo } from "./frames.ts";
import { type Eviction, Outflow } from "./outflow.ts";
import type { Link, PresenceDesk } from "./presence.ts";
import { Pulse } from "./pulse.ts";

/** Closed because the session ended: the client goes to sign in and does not come back by itself. */
export const CLOSE_SIGNED_OUT = 4401;

/** How long an ended session is remembered: longer than a handshake, and than a socket that does not answer our close. */
const REMEMBER_MS = 120_000;

/** How long a session that was looked up is taken to stand while nobody has told us otherwise. */
const TRUST_MS = 60_000;

/** What there is of one socket: the device behind it, for presence, how it takes what it is given, whether it is there at all. */
export type Connection = { link: Link; outflow: Outflow; pulse: Pulse };

export type SocketOwner = { userId: string; sessionId: string; address: string };

/** Every open socket of this node and whose it is: what makes a revocation prompt (R9) and the caps countable. */
export class Sockets {
  readonly #db: pg.Pool;
  readonly #presence: PresenceDesk;
  readonly #bySession = new Map<string, { sockets: Map<WebSocket, Connection>; verifiedAtMs: number }>();
  /** Sessions that ended lately: a socket may still be in its handshake, or ignore that it is being closed. */
  readonly #ended = new Map<string, number>();
  readonly #perPerson = new Map<string, number>();
  readonly #perAddress = new Map<string, number>();
  readonly #ends: Together<string, boolean>;
  #count = 0;
  #bytesOfClosed = 0;

  readonly #onEviction: (why: Eviction) => void;

  constructor(db: pg.Pool, presence: PresenceDesk, onEviction: (why: Eviction) => void = () => {}) {
    this.#db = db;
    this.#presence = presence;
    this.#onEviction = onEviction;
    this.#ends = new Together(async (sessionIds) => {
      const ended = new Set(await endedSessionsAsSystem(db, sessionIds));
      return sessionIds.map((sessionId) => ended.has(sessionId));
    });
  }

  get count(): number {
    return this.#count;
  }

  /** Sockets that get nothing until they have read what they have. */
  get behind(): number {
    let behind = 0;
    for (const { sockets } of this.#bySession.values())
      for (const { outflow } of sockets.values()) if (outflow.isBehind) behind++;
    return behind;
  }

  /** All that was ever written. Asked for at a scrape: counting it at every write would cost more than the write's share of it. */
  get bytes(): number {
    let bytes = this.#bytesOfClosed;
    for (const socket of this.all()) bytes += bytesWrittenTo(socket);
    return bytes;
  }

  countFor(owner: SocketOwner): { person: number; address: number } {
    return { person: this.#perPerson.get(owner.userId) ?? 0, address: this.#perAddress.get(owner.address) ?? 0 };
  }

  *all(): Iterable<WebSocket> {
    for (const { sockets } of this.#bySession.values()) yield* sockets.keys();
  }

  /** Its owner is here from now on. */
  add(socket: WebSocket, owner: SocketOwner): Connection {
    const entry = this.#bySession.get(owner.sessionId) ?? { sockets: new Map(), verifiedAtMs: Date.now() };
    this.#bySession.set(owner.sessionId, entry);
    const link = this.#presence.arrive(owner.userId);
    const connection = { link, outflow: new Outflow(socket, this.#onEviction), pulse: new Pulse(socket) };
    entry.sockets.set(socket, connection);
    this.#tally(owner, 1);
    socket.once("close", () => {
      entry.sockets.delete(socket);
      this.#bytesOfClosed += bytesWrittenTo(socket);
      this.#presence.leave(link);
      connection.outflow.release();
      if (entry.sockets.size === 0 && this.#bySession.get(owner.sessionId) === entry)
        this.#bySession.delete(owner.sessionId);
      this.#tally(owner, -1);
    });
    // The bell rang between the handshake's look at the row and now: nobody was here to hear it.
    if (this.#ended.has(owner.sessionId)) this.revoke([owner.sessionId]);
    return connection;
  }

  /** Looks again at the sockets that were not reading, and asks those that are still. */
  nudge(nowMs = performance.now()): void {
    for (const { sockets } of this.#bySession.values())
      for (const { outflow, pulse } of sockets.values()) {
        outflow.look(nowMs);
        pulse.look(nowMs);
      }
  }

  #tally(owner: SocketOwner, step: 1 | -1): void {
    this.#count += step;
    for (const [counts, key] of [
      [this.#perPerson, owner.userId],
      [this.#perAddress, owner.address],
    ] as const) {
      const next = (counts.get(key) ?? 0) + step;
      if (next > 0) counts.set(key, next);
      else counts.delete(key);
    }
  }

  /** True while a session that is open here still stands. `isTold` says whether revocations are being heard right now. */
  async stands(sessionId: string, isTold: boolean): Promise<boolean> {
    if (this.#ended.has(sessionId)) return false;
    const entry = this.#bySession.get(sessionId);
    if (entry && isTold && Date.now() - entry.verifiedAtMs < TRUST_MS) return true;
    const hasEnded = await this.#ends.ask(sessionId);
    if (hasEnded) this.revoke([sessionId]);
    else if (entry) entry.verifiedAtMs = Date.now();
    return !this.#ended.has(sessionId);
  }

  /**
   * Closes the sockets of sessions that have ended. `close` stops every write at once, before the handshake is done; what
   * still comes in meanwhile is refused, because the session no longer stands.
   */
  revoke(sessionIds: Iterable<string>): void {
    for (const sessionId of sessionIds) {
      this.#ended.set(sessionId, Date.now());
      for (const [socket, { link }] of this.#bySession.get(sessionId)?.sockets ?? []) {
        socket.close(CLOSE_SIGNED_OUT, "Your session has ended.");
        // Whoever does not answer the close is not here for that.
        this.#presence.leave(link);
      }
    }
  }

  /** Asks about every open session: after LISTEN was away, and now and then for those that expire. */
  async sweep(): Promise<void> {
    const asked = [...this.#bySession.keys()];
    const ended = await endedSessionsAsSystem(this.#db, asked);
    this.revoke(ended);
    const nowMs = Date.now();
    for (const [sessionId, atMs] of this.#ended) if (nowMs - atMs > REMEMBER_MS) this.#ended.delete(sessionId);
    for (const sessionId of asked) {
      const entry = this.#bySession.get(sessionId);
      if (entry) entry.verifiedAtMs = nowMs;
    }
  }
}
