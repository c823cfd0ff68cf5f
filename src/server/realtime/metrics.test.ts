import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { nothingObserved } from "#test/observed.ts";
import { createMetrics } from "./metrics.ts";

test("docs/operations.md names every metric that there is, and none that there is not", async () => {
  const doc = await readFile("docs/operations.md", "utf8");
  const named = doc.match(/\b(?:earshot|process)_[a-z_]+\b/g) ?? [];
  // Those of several workers are counted where they are started (web/scrapes.ts).
  const counted = named.filter((name) => !name.startsWith("earshot_worker"));
  const described = new Set(counted.map((name) => name.replace(/_(bucket|count|sum)$/, "")));
  const there = (await createMetrics(nothingObserved).registry.getMetricsAsJSON()).map(({ name }) => name);
  expect([...described].sort()).toEqual(there.sort());
});

test("what is not known is left out; what never happened stands at nought", async () => {
  const text = await createMetrics(nothingObserved).registry.metrics();
  expect(text).not.toMatch(/^earshot_notify_lock_waiters \S/m);
  expect(text).not.toMatch(/^earshot_clock_offset_seconds \S/m);
  for (const line of [
    'earshot_sends_total{outcome="failed"} 0',
    'earshot_evictions_total{why="drowning"} 0',
    'earshot_resumes_total{from="reset"} 0',
    "earshot_sockets_behind 0",
  ])
    expect(text.split("\n")).toContain(line);
});
