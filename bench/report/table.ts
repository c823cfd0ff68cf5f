import { SERVERS } from "../peers.ts";
import { metricOf } from "./metrics.ts";
import type { Row } from "./rows.ts";

/** Scenarios with the same peers stand in one table; the headings say what a page would have to. */
const FAMILIES: { title: string; names: RegExp }[] = [
  { title: "Fan-out", names: /^fanout/ },
  { title: "Durable sends", names: /^durable/ },
  { title: "Latency", names: /^(latency|lone)/ },
  { title: "Reconnect storm", names: /^storm/ },
  { title: "Idle sockets", names: /^idle/ },
  { title: "History", names: /^history/ },
  { title: "Two nodes beside one", names: /^two-nodes/ },
];

/** Markdown, ready to be pasted: the median, then the lowest and highest round, then ours divided by this peer. */
export function tablesOf(rows: Row[]): string {
  return FAMILIES.map(({ title, names }) => ({
    title,
    rows: rows.filter(({ scenario, metric }) => names.test(scenario) && !metricOf(metric).isNote),
  }))
    .filter((family) => family.rows.length > 0)
    .map((family) => `### ${family.title}\n\n${tableOf(family.rows)}`)
    .join("\n\n");
}

function tableOf(rows: Row[]): string {
  const found = new Set(rows.flatMap((row) => Object.keys(row.peers)));
  // As they are listed, whoever comes first in a scenario; what is no server (another size, one node) after them.
  const peers = [...new Set<string>([...SERVERS, ...found])].filter((peer) => found.has(peer));
  const heads = ["scenario", "metric", "ours", ...peers.map((peer) => `\`${peer}\``)];
  const lines = rows.map((row) => [
    `\`${row.scenario}\``,
    metricOf(row.metric).words,
    cell(row.ours, row.spread.ours),
    ...peers.map((peer) => {
      const value = row.peers[peer];
      return value === undefined ? "–" : `${cell(value, row.spread[peer])}${ratio(row.ratios[peer])}`;
    }),
  ]);
  const rule = heads.map((_, column) => (column < 2 ? "---" : "--:"));
  return [heads, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Six digits and more are hard to compare by eye. */
export function figure(value: number): string {
  if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`;
  if (Math.abs(value) >= 1e5) return `${Math.round(value / 1e3)} k`;
  return String(value);
}

function cell(median: number, spread: { lowest: number; highest: number } | undefined): string {
  if (!spread || spread.lowest === spread.highest) return figure(median);
  return `${figure(median)} (${figure(spread.lowest)}–${figure(spread.highest)})`;
}

const ratio = (value: number | undefined) =>
  value === undefined || !Number.isFinite(value) ? "" : ` **${value < 0.1 ? value.toPrecision(1) : value.toFixed(2)}**`;
