import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Scrapes } from "./scrapes.ts";
import type { Counted } from "./worker-channel.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** What a worker would answer, through a channel that speaks JSON. */
async function counted(sends: number): Promise<Counted[]> {
  const registers = [new Registry()];
  new Counter({ name: "sends_total", help: "Sends.", labelNames: ["outcome"], registers }).inc(
    { outcome: "new" },
    sends,
  );
  new Gauge({ name: "queue_usage", help: "Of all.", aggregator: "omit", registers }).set(0.5);
  new Histogram({ name: "delay", help: "Delay.", buckets: [1], registers }).observe(0.5);
  return JSON.parse(JSON.stringify(await registers[0]?.getMetricsAsJSON()));
}

test("everybody's numbers are told, each with its worker, under one heading a metric", async () => {
  const scrapes = new Scrapes(2, { ready: () => 2 });
  const answers = [await counted(3), await counted(4)];
  const asked = vi.fn<(scrape: number) => void>();
  const text = scrapes.gather([1, 2], asked);
  const id = asked.mock.calls[0]?.[0] ?? 0;
  scrapes.take(1, id, answers[0] ?? []);
  scrapes.take(2, id, answers[1] ?? []);
  const lines = (await text).split("\n");
  expect(lines).toContain('sends_total{outcome="new",worker="1"} 3');
  expect(lines).toContain('sends_total{outcome="new",worker="2"} 4');
  expect(lines, "what every node says of the whole is neither added up nor lost").toContain(
    'queue_usage{worker="1"} 0.5',
  );
  expect(lines).toContain('delay_bucket{le="+Inf",worker="2"} 1');
  expect(lines).toContain('delay_count{worker="1"} 1');
  expect(lines).toContain("earshot_workers 2");
  expect(lines.filter((line) => line.startsWith("# TYPE sends_total"))).toHaveLength(1);
});

test("a worker that does not answer is left out after three seconds, and what it says later is nobody's", async () => {
  const scrapes = new Scrapes(2, { ready: () => 2 });
  const answer = await counted(3);
  const asked = vi.fn<(scrape: number) => void>();
  const text = scrapes.gather([1, 2], asked);
  const id = asked.mock.calls[0]?.[0] ?? 0;
  scrapes.take(1, id, answer);
  scrapes.take(1, id, answer); // twice is once
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await text).toContain('sends_total{outcome="new",worker="1"} 3');
  expect(await text).not.toContain('sends_total{outcome="new",worker="2"}');
  scrapes.take(2, id, answer);
  scrapes.take(1, 99, answer);
});

test("a worker that dies while it is asked is not waited for", async () => {
  const scrapes = new Scrapes(2, { ready: () => 1 });
  scrapes.restarts.inc({ worker: 2 });
  const asked = vi.fn<(scrape: number) => void>();
  const text = scrapes.gather([1, 2], asked);
  scrapes.take(1, asked.mock.calls[0]?.[0] ?? 0, []);
  scrapes.lose(2);
  const lines = (await text).split("\n");
  expect(lines).toContain("earshot_workers 1");
  expect(lines).toContain('earshot_worker_restarts_total{worker="1"} 0');
  expect(lines).toContain('earshot_worker_restarts_total{worker="2"} 1');
});
