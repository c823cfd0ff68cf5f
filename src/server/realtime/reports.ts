import { hostname } from "node:os";
import type pg from "pg";
import { lend } from "../db/lend.ts";
import { endReportAsSystem, keepReportAsSystem, type NodeMinute, type Pressure } from "../db/node-reports.ts";
import { log } from "../log.ts";
import type { DeliveryTimes } from "./delivery-times.ts";
import type { Metrics, Observed } from "./metrics.ts";

/** One small transaction, which writes no WAL and so waits for no flush. */
const EVERY_MS = 10_000;
const MINUTE_MS = 60_000;
const MINUTES_KEPT = 60;
/** What the database said of itself is not repeated for longer than this. */
const STALE_MS = 3 * EVERY_MS;
/** An answer that was under way for longer says little about the clocks. */
const PROMPT_MS = 500;
/** Leaving, a Postgres that does not answer is not waited for. */
const FAREWELL_MS = 1_000;

/** What nodes tell one another for the page "Health": how it stands now, and the last hour by the minute. */
export class Reports {
  readonly #db: pg.Pool;
  readonly #nodeId: string;
  readonly #observed: Observed;
  readonly #metrics: Pick<Metrics, "sends" | "evictions">;
  readonly #times: DeliveryTimes;
  readonly #startedAtMs = performance.now();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #pressure: (Pressure & { atMs: number }) | null = null;
  #clockOffsetMs: number | null = null;
  #minutes: NodeMinute[] = [];
  /** The minute that is being counted, and the sends before it. */
  #minute: { at: number; sendsBefore: number } | null = null;

  constructor(
    db: pg.Pool,
    nodeId: string,
    opts: { observed: Observed; metrics: Pick<Metrics, "sends" | "evictions">; times: DeliveryTimes },
  ) {
    this.#db = db;
    this.#nodeId = nodeId;
    this.#observed = opts.observed;
    this.#metrics = opts.metrics;
    this.#times = opts.times;
  }

  get pressure(): Pressure | null {
    return this.#pressure && performance.now() - this.#pressure.atMs < STALE_MS ? this.#pressure : null;
  }

  get clockOffsetMs(): number | null {
    return this.#clockOffsetMs;
  }

  /** Says it for the first time, and from then on. A failure is no reason not to start. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => this.tell(), EVERY_MS);
    await this.tell();
  }

  /** Says now how it stands. One at a time: a Postgres that is slow is not asked twice. */
  tell(nowMs = Date.now()): Promise<void> {
    this.#running ??= this.#tell(nowMs)
      .catch((error) => log().debug({ error: String(error) }, "report.failed"))
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #tell(nowMs: number): Promise<void> {
    const isWhole = await this.#turn(nowMs);
    const report = await this.#report();
    // Without the wait for a connection: half of it would be taken for a clock that is wrong.
    const { answer, askedAtMs, tookMs } = await lend(this.#db, async (client) => {
      const askedAtMs = Date.now();
      const answer = await keepReportAsSystem(client, this.#nodeId, report, isWhole ? this.#minutes : null);
      return { answer, askedAtMs, tookMs: Date.now() - askedAtMs };
    });
    this.#pressure = { lockWaiters: answer.lockWaiters, queueUsage: answer.queueUsage, atMs: performance.now() };
    if (this.#clockOffsetMs !== null && (tookMs < 0 || tookMs > PROMPT_MS)) return;
    this.#clockOffsetMs = answer.moment.getTime() - (askedAtMs + tookMs / 2);
    this.#times.clockOffsetMs = this.#clockOffsetMs;
  }

  /** Closes the minute that is over, by the database's clock. True when there is one more. */
  async #turn(nowMs: number): Promise<boolean> {
    if (this.#clockOffsetMs === null) return false;
    const at = Math.floor((nowMs + this.#clockOffsetMs) / MINUTE_MS);
    if (this.#minute && at === this.#minute.at) return false;
    const sends = await this.#sends();
    const before = this.#minute;
    this.#minute = { at, sendsBefore: sends };
    const [written, acknowledged] = [this.#times.written.take(), this.#times.acknowledged.take()];
    if (!before) return false;
    const sockets = this.#observed.sockets();
    const minute = { at: before.at, sends: sends - before.sendsBefore, sockets, written, acknowledged };
    this.#minutes = [...this.#minutes, minute].slice(-MINUTES_KEPT);
    return true;
  }

  async #sends(): Promise<number> {
    const { values } = await this.#metrics.sends.get();
    return values.find(({ labels }) => labels.outcome === "new")?.value ?? 0;
  }

  async #report() {
    const observed = this.#observed;
    const { values } = await this.#metrics.evictions.total();
    return {
      host: hostname(),
      pid: process.pid,
      uptimeSeconds: Math.round((performance.now() - this.#startedAtMs) / 1_000),
      listening: observed.listening(),
      heartbeatMs: observed.heartbeatMs(),
      sockets: observed.sockets(),
      socketsBehind: observed.socketsBehind(),
      people: observed.people(),
      rooms: observed.rooms(),
      roomsDirty: observed.roomsDirty(),
      sendsWaiting: observed.sendsWaiting(),
      memoryBytes: process.memoryUsage.rss(),
      evictions: values.reduce((sum, { value }) => sum + value, 0),
      clockOffsetMs: this.#clockOffsetMs,
    };
  }

  /** Says that this node leaves, and does not die. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    const farewell = Promise.resolve(this.#running)
      .then(() => endReportAsSystem(this.#db, this.#nodeId))
      .catch((error) => log().debug({ error: String(error) }, "report.farewell_failed"));
    await Promise.race([farewell, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref())]);
  }
}
