import { expect, test } from "vitest";
import { runChaos } from "./chaos.ts";
import { failure } from "./report.ts";

test("eight devices, two nodes and a Postgres that break again and again end with nothing lost, nothing twice and every screen the same", async () => {
  const outcome = await runChaos({ seed: 3, lengthMs: 15_000 });
  expect(outcome.violations, failure(outcome)).toEqual([]);
  // A run in which nothing was said, or nothing broke, would prove nothing.
  expect(outcome.evidence.ledger.messages.length).toBeGreaterThan(40);
  expect(outcome.faults.length).toBeGreaterThan(5);
}, 150_000);
