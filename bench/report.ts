import type { Measured, Rounds } from "./measure.ts";
import type { Peer } from "./plan.ts";
import { median, rounded } from "./statistics.ts";

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

/** These are told once, in `notes`: they do not vary, or are no figure of merit. */
export const NOTES = new Set(["bytesPerChange", "framesPerChange"]);

export function rowsOf(scenario: string, rounds: Rounds): Row[] {
  const metrics = Object.keys(rounds.get("ours")?.[0] ?? {});
  return metrics.map((metric) => {
    const ours = seriesOf(rounds, "ours", metric);
    const row: Row = { scenario, metric, ours: rounded(median(ours)), peers: {}, ratios: {}, spread: {} };
    for (const peer of rounds.keys()) {
      const series = seriesOf(rounds, peer, metric);
      // Not a pair: JSON.stringify and the formatter disagree about short arrays, and the file is checked in.
      row.spread[peer] = { lowest: rounded(Math.min(...series)), highest: rounded(Math.max(...series)) };
      if (peer === "ours") continue;
      row.peers[peer] = rounded(median(series));
      row.ratios[peer] = rounded(median(ours.map((value, round) => value / (series[round] ?? Number.NaN))));
    }
    return row;
  });
}

function seriesOf(rounds: Rounds, peer: Peer, metric: string): number[] {
  return (rounds.get(peer) ?? []).map((measured: Measured) => measured[metric] ?? Number.NaN);
}

const HEADINGS = ["scenario", "metric", "peer", "median", "lowest", "highest", "ours / peer"];

/** One line per peer: a table that a terminal of 100 columns can hold, and that Markdown reads too. */
export function tableOf(rows: Row[]): string {
  const lines = rows.filter(({ metric }) => !NOTES.has(metric)).flatMap(linesOf);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const draw = (cells: string[]) =>
    `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, column > 2)).join(" | ")} |`;
  const rule = `|${widths.map((width, column) => (column > 2 ? `${"-".repeat(width + 1)}:` : "-".repeat(width + 2))).join("|")}|`;
  return [draw(HEADINGS), rule, ...lines.map(draw)].join("\n");
}

function linesOf({ scenario, metric, ours, peers, ratios, spread }: Row): string[][] {
  const line = (peer: string, value: number, ratio: string) => [
    scenario,
    metric,
    peer,
    String(value),
    String(spread[peer]?.lowest),
    String(spread[peer]?.highest),
    ratio,
  ];
  const others = Object.entries(peers).map(([peer, value]) =>
    line(peer, value, (ratios[peer] ?? Number.NaN).toFixed(2)),
  );
  return [line("ours", ours, ""), ...others];
}

const pad = (text: string, width: number, isNumber: boolean) => (isNumber ? text.padStart(width) : text.padEnd(width));
