import { randomUUID } from "node:crypto";
import type pg from "pg";
import { tidyAllowancesAsSystem } from "../db/allowances.ts";
import { isUnreachable } from "../db/sqlstate.ts";
import { log } from "../log.ts";
import { ActivityDesk } from "./activity-desk.ts";
import { CatchUp } from "./catch-up.ts";
import { DeliveryTimes } from "./delivery-times.ts";
import { RECONNECT_NOTICE } from "./frames.ts";
import { CHANNEL, type Hint } from "./hints.ts";
import { Hub } from "./hub.ts";
import { Listener } from "./listener.ts";
import { MeDesk } from "./me-desk.ts";
import { createMetrics, type Observed } from "./metrics.ts";
import { PresenceDesk } from "./presence.ts";
import { ReceiptQueue } from "./receipt-queue.ts";
import { Reports } from "./reports.ts";
import { SendQueue, type SendQueueOptions } from "./send-queue.ts";
import { Sockets } from "./sockets.ts";
import { TypingDesk } from "./typing.ts";

/** While LISTEN is away, every watched room is compared this often. */
const POLL_MS = 1_000;
/** Meanwhile nobody hears of what is their own either: it is read this often. Dearer, so not as often. */
const POLL_OWN_MS = 5_000;
/** And this often in any case: what no bell rings for (a restore with triggers off, a session that expires). */
const SWEEP_MS = 30_000;
/** Spent and refilled rate limits are forgotten this often. */
const TIDY_MS = 10 * 60_000;
/** How often sockets that were not reading are looked at again. */
const NUDGE_MS = 500;
/** A service restart: the client comes back by itself and resumes. */
const CLOSE_RESTART = 1012;

export type LiveNodeOptions = SendQueueOptions & { url: string; db: pg.Pool; beatMs?: number };

/** The live half of one process: what it hears, who is connected, what they watch, what they send. */
export class LiveNode {
  readonly id = randomUUID();
  readonly #observed: Observed = {
    sockets: () => this.sockets.count,
    socketsBehind: () => this.sockets.behind,
    socketBytes: () => this.sockets.bytes,
    seats: () => this.hub.seats,
    rooms: () => this.hub.rooms,
    roomsDirty: () => this.hub.dirty,
    people: () => this.presence.people,
    inboxes: () => this.me.inboxes,
    activitySeats: () => this.activity.seats,
    sendsWaiting: () => this.sends.waiting,
    receiptsWaiting: () => this.receipts.waiting,
    listening: () => this.listener.state,
    heartbeatMs: () => this.#heartbeatMs,
    pressure: () => this.reports.pressure,
    clockOffsetMs: () => this.reports.clockOffsetMs,
  };
  readonly metrics = createMetrics(this.#observed);
  readonly times = new DeliveryTimes(this.metrics);
  readonly reports: Reports;
  readonly sockets: Sockets;
  readonly hub: Hub;
  readonly catchUp: CatchUp;
  readonly me: MeDesk;
  readonly activity: ActivityDesk;
  readonly typing: TypingDesk;
  readonly sends: SendQueue;
  readonly receipts: ReceiptQueue;
  readonly presence: PresenceDesk;
  readonly listener: Listener;
  readonly #db: pg.Pool;
  #heartbeatMs: number | null = null;
  #timers: NodeJS.Timeout[] = [];
  #sweeping: Promise<void> | null = null;

  constructor(opts: LiveNodeOptions) {
    this.#db = opts.db;
    this.presence = new PresenceDesk(opts.db, this.id);
    this.sockets = new Sockets(opts.db, this.presence, (why) => this.metrics.evictions.one(why));
    this.hub = new Hub(opts.db, this.sockets, this.metrics, this.times);
    this.catchUp = new CatchUp(opts.db, this.hub, this.sockets, this.metrics);
    this.sends = new SendQueue(opts.db, this.metrics, opts, this.hub);
    this.receipts = new ReceiptQueue(opts.db, this.metrics);
    this.me = new MeDesk(opts.db, this.sockets, () => this.listener.state);
    this.activity = new ActivityDesk(opts.db, () => this.listener.state);
    this.typing = new TypingDesk(opts.db);
    this.reports = new Reports(opts.db, this.id, {
      observed: this.#observed,
      metrics: this.metrics,
      times: this.times,
    });
    this.listener = new Listener({
      url: opts.url,
      nodeId: this.id,
      ...(opts.beatMs ? { beatMs: opts.beatMs } : {}),
      ring: (payload) => this.#db.query("select pg_notify($1, $2)", [CHANNEL, payload]),
      onHints: (hints) => this.#hear(hints),
      onConnected: () => this.#resync(),
      onState: (state) => {
        this.hub.listen(state === "live");
        // A removal may go unheard from now on.
        if (state !== "live") this.activity.refresh();
        this.me.tell(state);
      },
      onBeat: (delayMs) => {
        this.#heartbeatMs = delayMs;
        this.metrics.heartbeatDelay.observe(delayMs / 1_000);
      },
    });
  }

  /** Looks once, so that it knows the epoch before anybody asks, then listens. Throws when Postgres does not answer. */
  async start(): Promise<void> {
    await this.#lookEverywhere();
    await this.listener.start();
    await this.presence.start();
    await this.reports.start();
    this.#timers = [
      setInterval(() => this.listener.state !== "live" && this.#sweep(), POLL_MS),
      setInterval(() => this.listener.state !== "live" && this.#refresh(), POLL_OWN_MS),
      setInterval(() => this.#sweep(), SWEEP_MS),
      setInterval(() => this.sockets.nudge(), NUDGE_MS),
      setInterval(() => this.#tidy(), TIDY_MS),
    ];
  }

  /** True when the session still stands. Asks the database unless revocations are being heard. */
  stands(sessionId: string): Promise<boolean> {
    return this.sockets.stands(sessionId, this.listener.state === "live");
  }

  #hear(hints: Hint[]): void {
    for (const hint of hints) {
      if (hint.kind === "room") this.hub.hear(hint.roomId, hint.to);
      else if (hint.kind === "session") this.sockets.revoke([hint.sessionId]);
      else if (hint.kind === "unknown") void this.#sweep().then(() => this.#refresh());
      this.me.hear(hint);
      this.activity.hear(hint);
    }
  }

  /** Reads all that may have been missed, and everybody's own: what happened to it meanwhile is unknown. */
  async #resync(): Promise<void> {
    this.metrics.reconnects.inc();
    await this.#lookEverywhere();
    this.#refresh();
    // It may be another Postgres, or the same with another clock.
    this.#tidy();
  }

  #refresh(): void {
    this.me.refresh();
    this.activity.refresh();
  }

  async #lookEverywhere(): Promise<void> {
    await this.sockets.sweep();
    const isSameEpoch = await this.hub.sweep();
    if (isSameEpoch) return;
    log().warn({ epoch: this.hub.epoch }, "epoch.changed");
    this.hub.forget();
    this.closeSockets();
  }

  /** One look at a time; a failed one is told once by the listener, and the next comes in a second. */
  #sweep(): Promise<void> {
    this.#sweeping ??= this.#lookEverywhere()
      .catch((error) => {
        log().debug({ error: String(error) }, "sweep.failed");
        // People are told that the database is away, rather than shown what was.
        if (isUnreachable(error)) this.me.lose(error);
      })
      .finally(() => {
        this.#sweeping = null;
      });
    return this.#sweeping;
  }

  #tidy(): void {
    tidyAllowancesAsSystem(this.#db).catch((error) => log().warn({ error: String(error) }, "tidy.failed"));
  }

  /** Tells every client to come back; they resume where they were. */
  closeSockets(): void {
    for (const socket of this.sockets.all()) socket.close(CLOSE_RESTART, "The server restarts. Come back.");
  }

  /** Asks every client to open a new connection first: behind a load balancer it lands on another node. */
  sayGoodbye(): void {
    for (const socket of this.sockets.all()) if (socket.readyState === socket.OPEN) socket.send(RECONNECT_NOTICE);
  }

  /** Answers what was sent, then stops listening. The sockets and the pool belong to the caller. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const farewell = this.presence.stop();
    await this.sends.drained();
    await this.hub.stop();
    const desks = [this.me.stop(), this.activity.stop()];
    await Promise.all([farewell, this.receipts.stop(), this.typing.stop(), this.reports.stop(), ...desks]);
    await this.listener.stop();
    await this.#sweeping;
  }
}
