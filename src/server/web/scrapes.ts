import { AggregatorRegistry, Counter, Gauge, Registry } from "prom-client";
import type { Counted } from "./worker-channel.ts";

/** Under the ten seconds that Prometheus waits, and long enough for a gauge that asks the database. */
const GATHER_MS = 3_000;

/**
 * /metrics of all workers: whichever of them is asked, the primary gathers the numbers of everybody. Each keeps its
 * label. Added up, the sum of a counter would fall when a worker is replaced, and whoever takes rates of it would see a
 * restart of the whole, and everything that was ever counted once more.
 */
export class Scrapes {
  readonly #registry = new Registry();
  readonly #open = new Map<number, { waitsFor: Set<number>; got: Counted[][]; finish: () => void }>();
  #last = 0;
  readonly restarts = new Counter({
    name: "earshot_worker_restarts_total",
    help: "Workers that were started again.",
    labelNames: ["worker"] as const,
    registers: [this.#registry],
  });

  constructor(count: number, observed: { ready: () => number }) {
    // From the start: a rate over a counter that appears with its first event misses that event.
    for (let worker = 1; worker <= count; worker++) this.restarts.inc({ worker }, 0);
    new Gauge({
      name: "earshot_workers",
      help: "Workers that take connections.",
      registers: [this.#registry],
      collect() {
        this.set(observed.ready());
      },
    });
  }

  /** Asks these workers; who does not answer in time is left out, rather than holding up the others' numbers. */
  async gather(workers: number[], ask: (scrape: number) => void): Promise<string> {
    const id = ++this.#last;
    const got: Counted[][] = [];
    await new Promise<void>((finish) => {
      const timer = setTimeout(finish, GATHER_MS);
      this.#open.set(id, { waitsFor: new Set(workers), got, finish: () => finish(clearTimeout(timer)) });
      ask(id);
    });
    this.#open.delete(id);
    return AggregatorRegistry.aggregate([await this.#registry.getMetricsAsJSON(), ...got]).metrics();
  }

  take(worker: number, scrape: number, metrics: Counted[]): void {
    const open = this.#open.get(scrape);
    if (!open?.waitsFor.delete(worker)) return;
    open.got.push(metrics.map((metric) => labelled(metric, worker)));
    if (open.waitsFor.size === 0) open.finish();
  }

  /** It has died: nobody waits for its answer. */
  lose(worker: number): void {
    for (const { waitsFor, finish } of this.#open.values()) {
      if (waitsFor.delete(worker) && waitsFor.size === 0) finish();
    }
  }
}

/** No two workers share a label, so nothing is ever aggregated: what a metric says about that must not drop it. */
function labelled(metric: Counted, worker: number): Counted {
  const values = metric.values.map((one) => ({
    ...one,
    labels: { ...one.labels, worker: String(worker) },
  }));
  return { ...metric, aggregator: "first", values };
}
