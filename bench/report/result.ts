import { z } from "zod";

/**
 * bench/results/latest.json, as others read it: `ours` and `peers` are medians over the rounds, `ratios` ours divided by the
 * peer. Whatever else is in it (spread, plan, verdicts) may change.
 */
const Figures = z.record(z.string(), z.number());
const Spread = z.record(z.string(), z.object({ lowest: z.number(), highest: z.number() }));

export const ResultRow = z
  .object({
    scenario: z.string(),
    metric: z.string(),
    ours: z.number(),
    peers: Figures,
    ratios: Figures,
    spread: Spread,
  })
  .refine(
    ({ peers, ratios }) => Object.entries(peers).every(([peer, value]) => value === 0 || peer in ratios),
    "a ratio for every peer that is not zero",
  );

export const Result = z.looseObject({
  machine: z.looseObject({ cpu: z.string(), cores: z.number(), memoryGb: z.number() }),
  commit: z.string(),
  date: z.iso.datetime(),
  rows: z.array(ResultRow),
});
export type Result = z.infer<typeof Result>;
