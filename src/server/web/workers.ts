import type { Worker } from "node:cluster";
import { CannotStart } from "../errors.ts";
import { log } from "../log.ts";
import { Scrapes } from "./scrapes.ts";
import type { FromPrimary, FromWorker } from "./worker-channel.ts";

/** A worker that has run for so long shows that this machine, database and build can carry one. */
const SETTLED_MS = 10_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** While no worker has settled, so many ends in a row of one of them are enough. */
const TRIES = 5;
/** A health check is answered by any worker, so one that hangs would be noticed by nobody but its own people. */
const BEAT_MS = 5_000;
const SILENT_BEATS = 6;
/** Later than a worker's own last resort: whoever is still there hangs. Before the ten seconds of an orchestrator are over. */
const KILL_AFTER_MS = 8_500;

export type WorkersOptions = {
  count: number;
  fork: () => Worker;
  /** Once: when all of them take connections. */
  onReady: () => void;
  /** Once: nothing that we could start stays alive. */
  onHopeless: (reason: Error) => void;
};

/** One of the n: a worker, or the time until the next one. Its number stays, whoever holds it: metrics are labelled with it. */
class Place {
  worker: Worker | null = null;
  readyAtMs = Number.POSITIVE_INFINITY;
  /** Ends in a row that came before it had settled. */
  failures = 0;
  silentBeats = 0;
  retry: NodeJS.Timeout | undefined;
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }

  get isReady(): boolean {
    return Number.isFinite(this.readyAtMs);
  }

  get hasSettled(): boolean {
    return performance.now() - this.readyAtMs >= SETTLED_MS;
  }

  tell(said: FromPrimary): void {
    // To one that has just died this fails, which its exit tells better.
    this.worker?.send(said, () => {});
  }
}

/** Keeps n worker processes, each a node of its own, behind the one port that Node's cluster shares among them. */
export class Workers {
  readonly #opts: WorkersOptions;
  readonly #places: Place[];
  readonly #scrapes: Scrapes;
  readonly #beat: NodeJS.Timeout;
  #hasBeenReady = false;
  #isOver = false;

  constructor(opts: WorkersOptions) {
    this.#opts = opts;
    this.#places = Array.from({ length: opts.count }, (_, index) => new Place(index + 1));
    this.#scrapes = new Scrapes(opts.count, { ready: () => this.#places.filter(({ isReady }) => isReady).length });
    for (const place of this.#places) this.#start(place);
    this.#beat = setInterval(() => this.#listenForLife(), BEAT_MS);
  }

  #start(place: Place): void {
    let worker: Worker;
    try {
      worker = this.#opts.fork();
    } catch (error) {
      log().warn({ worker: place.number, error: String(error) }, "worker.fork_failed");
      return this.#lose(place, null, "fork");
    }
    Object.assign(place, { worker, readyAtMs: Number.POSITIVE_INFINITY, silentBeats: 0 });
    let isLost = false;
    const lose = (code: number | null, signal: string | null) => {
      if (!isLost) this.#lose(place, code, signal);
      isLost = true;
    };
    worker.on("message", (said: FromWorker) => this.#hear(place, said));
    // Unheard, a channel that breaks would end the primary and with it everybody.
    worker.on("error", (error) => {
      log().warn({ worker: place.number, error: error.message }, "worker.channel_failed");
      // No process, so no exit either: a machine that is out of files, processes or memory.
      if (worker.process.pid === undefined) lose(null, "fork");
    });
    worker.once("exit", lose);
  }

  #hear(place: Place, said: FromWorker): void {
    place.silentBeats = 0;
    if ("ready" in said) this.#welcome(place);
    else if ("cannotStart" in said) this.#despair(place, said.cannotStart);
    else if ("scrape" in said) this.#scrape(place, said.scrape);
    else if ("counted" in said) this.#scrapes.take(place.number, said.counted, said.metrics);
  }

  #welcome(place: Place): void {
    place.readyAtMs = performance.now();
    log().info({ worker: place.number, workerPid: place.worker?.process.pid }, "worker.ready");
    if (this.#hasBeenReady || this.#places.some(({ isReady }) => !isReady)) return;
    this.#hasBeenReady = true;
    this.#opts.onReady();
  }

  #scrape(asker: Place, id: number): void {
    const asked = this.#places.filter(({ isReady }) => isReady);
    const gathered = this.#scrapes.gather(
      asked.map(({ number }) => number),
      (scrape) => {
        for (const place of asked) place.tell({ count: scrape });
      },
    );
    gathered.then(
      (text) => asker.tell({ scraped: id, text }),
      (error) => log().warn({ error: String(error) }, "scrape.failed"),
    );
  }

  #lose(place: Place, code: number | null, signal: string | null): void {
    place.failures = place.hasSettled ? 0 : place.failures + 1;
    Object.assign(place, { worker: null, readyAtMs: Number.POSITIVE_INFINITY });
    this.#scrapes.lose(place.number);
    if (this.#isOver) return;
    const told = { worker: place.number, ended: signal ?? code, failures: place.failures };
    // Somebody who sends a worker SIGTERM has it leave in order, and gets a new one.
    if (code === 0) log().info(told, "worker.left");
    else log().error(told, "worker.died");
    if (place.failures >= TRIES) {
      this.#despair(place, `The server's processes end again and again (${TRIES} times in a row): see what they said.`);
      if (this.#isOver) return;
    }
    const delayMs = place.failures === 0 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (place.failures - 1), LONGEST_DELAY_MS);
    place.retry = setTimeout(() => {
      this.#scrapes.restarts.inc({ worker: place.number });
      this.#start(place);
    }, delayMs);
  }

  /**
   * Gives up, unless another worker has settled, or does no worse than before: then its people are not sent away for the
   * sake of one that cannot start.
   */
  #despair(place: Place, sentence: string): void {
    if (this.#isOver) return;
    const isServing = ({ hasSettled, failures }: Place) => hasSettled || (this.#hasBeenReady && failures < TRIES);
    if (this.#places.some(isServing)) {
      log().error({ worker: place.number, reason: sentence }, "worker.cannot_start");
      return;
    }
    this.#isOver = true;
    this.#opts.onHopeless(new CannotStart(sentence));
  }

  #listenForLife(): void {
    for (const place of this.#places) {
      if (place.silentBeats >= SILENT_BEATS) {
        log().error({ worker: place.number }, "worker.hangs");
        place.worker?.process.kill("SIGKILL");
      } else if (place.worker) {
        place.silentBeats++;
        place.tell({ areYouThere: true });
      }
    }
  }

  /** Has all of them leave in order, at the same time. False when one had to be killed. */
  async stop(): Promise<boolean> {
    this.#isOver = true;
    clearInterval(this.#beat);
    for (const { retry } of this.#places) clearTimeout(retry);
    const workers = this.#places.flatMap(({ worker }) => worker ?? []);
    const gone = Promise.all(workers.map((worker) => new Promise((resolve) => worker.once("exit", resolve))));
    for (const worker of workers) worker.process.kill("SIGTERM");
    let wasInTime = true;
    const late = setTimeout(() => {
      wasInTime = false;
      log().error({ workers: this.#places.flatMap(({ worker, number }) => (worker ? number : [])) }, "worker.killed");
      for (const { worker } of this.#places) worker?.process.kill("SIGKILL");
    }, KILL_AFTER_MS);
    await gone;
    clearTimeout(late);
    return wasInTime;
  }
}
