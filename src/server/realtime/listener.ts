import pg from "pg";
import type { ListenState } from "#shared/rooms.ts";
import { log } from "../log.ts";
import { CHANNEL, type Hint, heartbeat, parseHints } from "./hints.ts";

/**
 * The node's one LISTEN connection (R4). It proves itself: a heartbeat goes out over the pool and has to come back over
 * LISTEN. A half-open link, a pooler in between, a backend that was terminated, a server that was stopped: all look the
 * same from here, silence, and all end in a new connection and a fresh look at every watched room.
 *
 *   catching-up ──resync done──▶ live ──silence, error, end──▶ polling ──connected──▶ catching-up
 *
 * While it is not live, its owner polls (live-node.ts); nothing depends on hearing, only on how soon.
 */
export type ListenerOptions = {
  url: string;
  nodeId: string;
  /** Sends a heartbeat by another way than the listening connection: through a pooler, that one would answer itself. */
  ring: (payload: string) => Promise<unknown>;
  onHints: (hints: Hint[]) => void;
  /** Called after each (re)connect, once LISTEN is in force: read whatever was missed. */
  onConnected: () => Promise<void>;
  onState: (state: ListenState) => void;
  /** A heartbeat came back, after so long. */
  onBeat?: (delayMs: number) => void;
  beatMs?: number;
};

const BEAT_MS = 2_000;
/** Silence for this many beats means that nobody is there. */
const MISSED_BEATS = 3;
/** 100 ms, 200, 400 … 10 s, each halved at random, so that nodes do not come back in step. */
const BACKOFF_FIRST_MS = 100;
const BACKOFF_MAX_MS = 10_000;

export class Listener {
  state: ListenState = "catching-up";
  readonly #opts: ListenerOptions;
  readonly #beatMs: number;
  #isStopped = false;
  #failures = 0;
  /** The last heartbeat that was sent, and that was heard. Equal while all is well. */
  #sent = 0;
  #heard = 0;
  /** When each beat that has not been heard was sent: at most as many as may be missed. */
  readonly #sentAtMs = new Map<number, number>();
  #fail: ((reason: Error) => void) | null = null;
  #wakeUp: (() => void) | null = null;
  #run: Promise<void> | null = null;

  constructor(opts: ListenerOptions) {
    this.#opts = opts;
    this.#beatMs = opts.beatMs ?? BEAT_MS;
  }

  /** Connects and stays connected until `stop`. Settles when the first attempt has come to an end, either way. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#run = this.#stayConnected(resolve);
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wakeUp?.();
    this.#fail?.(new Error("stopped"));
    await this.#run;
  }

  #enter(state: ListenState): void {
    if (this.state === state) return;
    this.state = state;
    this.#opts.onState(state);
  }

  async #stayConnected(onFirstAttempt: () => void): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.#session(onFirstAttempt);
      } catch (error) {
        if (this.#isStopped) break;
        this.#failures++;
        log().warn(
          { error: error instanceof Error ? error.message : String(error), attempt: this.#failures },
          "listener.lost",
        );
        this.#enter("polling");
      }
      onFirstAttempt();
      if (!this.#isStopped) await this.#pause();
    }
    onFirstAttempt();
  }

  async #pause(): Promise<void> {
    const ceiling = Math.min(BACKOFF_FIRST_MS * 2 ** Math.min(this.#failures, 10), BACKOFF_MAX_MS);
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wakeUp = resolve;
      timer = setTimeout(resolve, ceiling / 2 + Math.random() * (ceiling / 2));
    });
    clearTimeout(timer);
    this.#wakeUp = null;
  }

  /** One connection, from connect to loss. Throws when it is lost. */
  async #session(onFirstAttempt: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#opts.url,
      application_name: "earshot listener",
      connectionTimeoutMillis: 5_000,
      // The heartbeat begins after LISTEN: a link that dies before would otherwise be waited for without an end.
      query_timeout: 5_000,
      keepAlive: true,
    });
    const lost = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    lost.catch(() => {});
    client.on("error", (error) => this.#fail?.(error));
    client.on("end", () => this.#fail?.(new Error("Postgres closed the listening connection.")));
    client.on("notification", ({ payload }) => this.#hear(payload ?? ""));
    let beat: NodeJS.Timeout | null = null;
    try {
      await Promise.race([client.connect(), lost]);
      this.#sent = this.#heard;
      this.#sentAtMs.clear();
      await Promise.race([client.query(`listen ${CHANNEL}`), lost]);
      this.#enter("catching-up");
      // LISTEN is in force before the first look: what commits from here on is heard, what committed before is read.
      await Promise.race([this.#opts.onConnected(), lost]);
      this.#failures = 0;
      this.#enter("live");
      log().info({}, "listener.live");
      onFirstAttempt();
      this.#beat();
      beat = setInterval(() => this.#beat(), this.#beatMs);
      await lost;
    } finally {
      if (beat) clearInterval(beat);
      this.#fail = null;
      // A half-open link would hold `end` for minutes.
      client.end().catch(() => {});
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    }
  }

  #beat(): void {
    if (this.#sent - this.#heard >= MISSED_BEATS) return this.#fail?.(new Error("The listening connection is silent."));
    this.#sent++;
    this.#sentAtMs.set(this.#sent, performance.now());
    // A pool that cannot reach Postgres leaves the beat unheard, which is the news.
    this.#opts.ring(heartbeat(this.#opts.nodeId, this.#sent)).catch(() => {});
  }

  #hear(payload: string): void {
    const hints = parseHints(payload);
    for (const hint of hints)
      if (hint.kind === "heartbeat" && hint.nodeId === this.#opts.nodeId) this.#hearOwn(hint.beat);
    this.#opts.onHints(hints);
  }

  #hearOwn(beat: number): void {
    this.#heard = beat;
    const sentAtMs = this.#sentAtMs.get(beat);
    this.#sentAtMs.delete(beat);
    if (sentAtMs !== undefined) this.#opts.onBeat?.(performance.now() - sentAtMs);
  }
}
