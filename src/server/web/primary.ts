import type { Registry } from "prom-client";
import type { Counted, FromPrimary, FromWorker } from "./worker-channel.ts";

/** Longer than the primary gathers. */
const SCRAPE_MS = 4_000;

/** The channel speaks JSON, which would make 0 of a gauge that does not know (NaN): no sample says the same. */
const withoutGaps = (metric: Counted): Counted => ({
  ...metric,
  values: metric.values.filter(({ value }) => Number.isFinite(value)),
});

/** The worker's end of the channel: shows that it lives, gives its numbers, and asks for everybody's. */
export class Primary {
  #registry: Registry | undefined;
  readonly #asked = new Map<number, (text: string) => void>();
  #last = 0;

  constructor() {
    process.on("message", (said: FromPrimary) => void this.#hear(said));
  }

  /** A primary that has just died cannot be told; Node ends us for that anyway. */
  tell(said: FromWorker): Promise<void> {
    return new Promise((resolve) => process.send?.(said, undefined, undefined, () => resolve()));
  }

  /** From now on ours can be asked for. Answers what /metrics then says here. */
  counts(registry: Registry): { scrape: () => Promise<string> } {
    this.#registry = registry;
    return { scrape: () => this.#scrape() };
  }

  /** The numbers of all workers, or our own where the primary does not answer. Never throws. */
  async #scrape(): Promise<string> {
    const id = ++this.#last;
    const text = await new Promise<string | undefined>((resolve) => {
      const timer = setTimeout(resolve, SCRAPE_MS);
      this.#asked.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      void this.tell({ scrape: id });
    });
    this.#asked.delete(id);
    return text ?? `# Of one worker: the others could not be asked.\n${await this.#registry?.metrics()}`;
  }

  async #hear(said: FromPrimary): Promise<void> {
    if ("scraped" in said) this.#asked.get(said.scraped)?.(said.text);
    else if ("count" in said) {
      // A number that cannot be had must not end the node.
      const metrics = (await this.#registry?.getMetricsAsJSON().catch(() => [])) ?? [];
      await this.tell({ counted: said.count, metrics: metrics.map(withoutGaps) });
    } else await this.tell({ alive: true });
  }
}
