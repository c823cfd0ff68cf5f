import type { Rounds } from "../measure/measured.ts";
import { median, rounded } from "../statistics.ts";

export type Row = {
  scenario: string;
  metric: string;
  /** Medians over the rounds. */
  ours: number;
  peers: Record<string, number>;
  /** Ours divided by the peer, round by round; the median of that. */
  ratios: Record<string, number>;
  /** The lowest and highest round of each. */
  spread: Record<string, { lowest: number; highest: number }>;
};

/** A metric that a peer does not have (it stores nothing, it has no such feed) leaves it out of the row; one that we do not have, the row. */
export function rowsOf(scenario: string, rounds: Rounds): Row[] {
  const metrics = Object.keys(rounds.get("ours")?.[0] ?? {});
  return metrics.flatMap((metric) => {
    const ours = seriesOf(rounds, "ours", metric);
    // Nothing arrived within the measured time of a round: there is no middle of nothing.
    if (!ours.every(Number.isFinite)) return [];
    const row: Row = { scenario, metric, ours: rounded(median(ours)), peers: {}, ratios: {}, spread: {} };
    for (const peer of rounds.keys()) {
      const series = seriesOf(rounds, peer, metric);
      if (!series.every(Number.isFinite)) continue;
      // Not a pair: JSON.stringify and the formatter disagree about short arrays, and the file is checked in.
      row.spread[peer] = { lowest: rounded(Math.min(...series)), highest: rounded(Math.max(...series)) };
      if (peer === "ours") continue;
      row.peers[peer] = rounded(median(series));
      const ratio = median(ours.map((value, round) => value / (series[round] ?? Number.NaN)));
      // Beside nothing there is no ratio, and JSON has no word for it.
      if (Number.isFinite(ratio)) row.ratios[peer] = rounded(ratio);
    }
    return [row];
  });
}

function seriesOf(rounds: Rounds, peer: string, metric: string): number[] {
  return (rounds.get(peer) ?? []).map((measured) => measured[metric] ?? Number.NaN);
}
