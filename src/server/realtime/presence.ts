import type pg from "pg";
import { hasSqlState, SQLSTATE } from "../db/sqlstate.ts";
import { log } from "../log.ts";
import { Rounds } from "./rounds.ts";

/** One device of somebody: a socket. */
export type Link = { userId: string; isAway: boolean };

type State = "online" | "away" | "offline";
type Here = { links: Set<Link>; leaving: NodeJS.Timeout | null };

/** Arrivals and departures that are told together. The first is told at once. */
const REPORT_MS = 1_500;
/** A reload must not blink: somebody is gone when no device of theirs came back within this. */
const GRACE_MS = 3_000;
/** A lease of LEASE, renewed every RENEW_MS: a node that dies takes its people offline within 9 + 3 seconds. */
const RENEW_MS = 3_000;
const LEASE = "9 s";
/** Leaving, a Postgres that does not answer is not waited for: the lease runs out by itself. */
const FAREWELL_MS = 1_000;

const REPORT = { name: "presence-report", text: "select presence_report($1, $2::uuid[], $3::text[])" };
const RENEW = { name: "node-renew", text: "select node_renew($1, $2::interval) as is_new" };

/**
 * Who is connected to this node, told to the database when it changes. Nothing is written for somebody who merely stays:
 * what is renewed is one lease per node. What all nodes make of it together (online before away before offline) is read
 * from the table by whoever hears `o<user>` (me-desk.ts).
 */
export class PresenceDesk {
  readonly #db: pg.Pool;
  readonly #nodeId: string;
  readonly #rounds = new Rounds("presence", () => this.#report());
  readonly #here = new Map<string, Here>();
  /** What the table says of this node's people. */
  readonly #told = new Map<string, State>();
  readonly #dirty = new Set<string>();
  /** Counts the leases that this node has had. */
  #lease = 0;
  #renewing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(db: pg.Pool, nodeId: string) {
    this.#db = db;
    this.#nodeId = nodeId;
  }

  /** People with a device on this node, those in their grace included. */
  get people(): number {
    return this.#here.size;
  }

  /** Takes the lease. Whoever arrives before it is held is told of with it. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => {
      this.#renewing = this.#renew();
    }, RENEW_MS);
    await this.#renew();
  }

  arrive(userId: string): Link {
    const here = this.#here.get(userId) ?? { links: new Set(), leaving: null };
    this.#here.set(userId, here);
    if (here.leaving) clearTimeout(here.leaving);
    here.leaving = null;
    const link: Link = { userId, isAway: false };
    here.links.add(link);
    this.#changed(userId);
    return link;
  }

  /** A device is gone. Telling it twice is once. */
  leave(link: Link): void {
    const here = this.#here.get(link.userId);
    if (!here?.links.delete(link) || this.#isStopped) return;
    if (here.links.size > 0) return this.#changed(link.userId);
    here.leaving = setTimeout(() => {
      this.#here.delete(link.userId);
      this.#changed(link.userId);
    }, GRACE_MS);
  }

  /** Whether anybody sits at this device. Over HTTP there is none. */
  setAway(link: Link | null, isAway: boolean): void {
    if (!link || link.isAway === isAway) return;
    link.isAway = isAway;
    this.#changed(link.userId);
  }

  #changed(userId: string): void {
    this.#dirty.add(userId);
    this.#rounds.ask();
  }

  /** In the grace somebody is what they were. */
  #stateOf(userId: string): State {
    const here = this.#here.get(userId);
    if (!here) return "offline";
    if (here.links.size === 0) return this.#told.get(userId) ?? "offline";
    return [...here.links].some((link) => !link.isAway) ? "online" : "away";
  }

  async #report(): Promise<number> {
    const news = [...this.#dirty]
      .map((userId) => ({ userId, state: this.#stateOf(userId) }))
      .filter(({ userId, state }) => state !== (this.#told.get(userId) ?? "offline"));
    this.#dirty.clear();
    if (news.length === 0) return 0;
    const lease = this.#lease;
    const values = [this.#nodeId, news.map(({ userId }) => userId), news.map(({ state }) => state)];
    try {
      await this.#db.query({ ...REPORT, values });
      // What was told under a lease that ended went with it, and everybody is told of anew.
      if (lease !== this.#lease) return 0;
      for (const { userId, state } of news) {
        if (state === "offline") this.#told.delete(userId);
        else this.#told.set(userId, state);
      }
    } catch (error) {
      for (const { userId } of news) this.#dirty.add(userId);
      this.#rounds.ask();
      // The lease was ended: this node was silent for too long. Renewing it tells of everybody.
      if (hasSqlState(error, SQLSTATE.FOREIGN_KEY_VIOLATION)) await this.#renew();
      else log().debug({ error: String(error) }, "presence.failed");
    }
    return REPORT_MS;
  }

  async #renew(): Promise<void> {
    try {
      const { rows } = await this.#db.query<{ is_new: boolean }>({ ...RENEW, values: [this.#nodeId, LEASE] });
      if (!rows[0]?.is_new) return;
      this.#lease++;
      this.#told.clear();
      for (const userId of this.#here.keys()) this.#changed(userId);
    } catch (error) {
      log().debug({ error: String(error) }, "presence.renew_failed");
    }
  }

  /** Takes this node's people offline at once. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    if (this.#timer) clearInterval(this.#timer);
    for (const { leaving } of this.#here.values()) if (leaving) clearTimeout(leaving);
    await this.#rounds.stop();
    await this.#renewing;
    const farewell = this.#db.query("delete from node where id = $1", [this.#nodeId]);
    farewell.catch((error) => log().debug({ error: String(error) }, "presence.farewell_failed"));
    let late: NodeJS.Timeout | undefined;
    await Promise.race([
      farewell.catch(() => {}),
      new Promise((resolve) => {
        late = setTimeout(resolve, FAREWELL_MS);
      }),
    ]);
    clearTimeout(late);
  }
}
