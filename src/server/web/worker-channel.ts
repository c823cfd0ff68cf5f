import type { MetricObjectWithValues, MetricValue } from "prom-client";

/** What a process of ours tells the one that started it: a worker its primary, the server `npm start`. */
export type Told =
  | { progress: string }
  | { ready: string }
  /** The start failed, and the owner can mend it. */
  | { cannotStart: string };

export type Counted = MetricObjectWithValues<MetricValue<string>>;

/** Between a worker and its primary, over the channel that Node opens. Every word of a worker proves that it lives. */
export type FromWorker =
  | Told
  | { alive: true }
  /** Somebody asked this worker for /metrics. */
  | { scrape: number }
  | { counted: number; metrics: Counted[] };

export type FromPrimary =
  | { areYouThere: true }
  | { count: number }
  /** The numbers of all workers, as text. */
  | { scraped: number; text: string };
