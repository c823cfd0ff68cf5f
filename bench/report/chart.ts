import { metricOf } from "./metrics.ts";
import type { Row } from "./rows.ts";

/** The one figure of each scenario that stands for it. */
const HEADLINES: Record<string, string> = {
  "fanout-1": "cpuMicrosPerChange",
  "fanout-10": "cpuMicrosPerChange",
  "durable-100x2": "sendsPerSecond",
  "durable-20x20": "sendsPerSecond",
  "durable-1x200": "sendsPerSecond",
  "latency-500": "p50Millis",
  "latency-1000": "p50Millis",
  "latency-saturation": "p50Millis",
  storm: "queriesPerRoom",
  idle: "bytesPerSocket",
  "two-nodes": "deliveriesPerSecond",
};

const WIDTH = 760;
const LABELS = 204;
const VALUES = 56;
const [LINE, GAP, TOP, BOTTOM] = [16, 30, 64, 34];
/** From a twentieth to fifty times: what is beyond is drawn to the edge, and its figure says the rest. */
const [LEAST, MOST] = [0.05, 50];
const TICKS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

const x = (times: number) => {
  const share = Math.log(Math.min(MOST, Math.max(LEAST, times)) / LEAST) / Math.log(MOST / LEAST);
  return Math.round((LABELS + share * (WIDTH - LABELS - VALUES)) * 10) / 10;
};

/** Both grounds bring their own colours: an image in a page cannot know the page's. */
const STYLE = `
  .ground { fill: #ffffff } text { fill: #1f2328; font: 12px system-ui, sans-serif } .quiet { fill: #59636e }
  .title { font-size: 15px; font-weight: 600 } .scenario { font-weight: 600 } .over { paint-order: stroke; stroke: #ffffff; stroke-width: 5px } .end { text-anchor: end } .middle { text-anchor: middle }
  .better { fill: #1a7f5a } .worse { fill: #c4432b } .grid { stroke: #d8dee4 } .even { stroke: #1f2328; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .quiet { fill: #9198a1 }
    .over { stroke: #0d1117 } .better { fill: #3fb68b } .worse { fill: #f0765f } .grid { stroke: #30363d } .even { stroke: #e6edf3 }
  }`;

type Bar = { peer: string; times: number };

/** How many times better ours is, whichever way the metric goes: 2 is half the CPU, or twice the sends. */
export function timesBetter(metric: string, ratio: number): number {
  return metricOf(metric).isMoreBetter ? ratio : 1 / ratio;
}

/** Bars on a logarithmic scale: right of the line ours is better, left of it the peer. */
export function chartOf(rows: Row[], subtitle: string): string {
  const groups = rows.flatMap((row) => {
    if (HEADLINES[row.scenario] !== row.metric) return [];
    const bars = Object.entries(row.ratios).flatMap(([peer, ratio]) =>
      Number.isFinite(ratio) && ratio > 0 ? [{ peer, times: timesBetter(row.metric, ratio) }] : [],
    );
    return bars.length > 0 ? [{ row, bars }] : [];
  });
  let y = TOP;
  const drawn = groups.map(({ row, bars }) => {
    const group = groupAt(y, row, bars);
    y += GAP + bars.length * LINE;
    return group;
  });
  const height = y + BOTTOM;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
<title id="title">How many times better Earshot is than each peer</title>
<style>${STYLE}
</style>
<rect class="ground" width="${WIDTH}" height="${height}" rx="6"/>
<text class="title" x="16" y="26">Ours beside each peer: how many times better</text>
<text class="quiet" x="16" y="45">${escaped(subtitle)}</text>
${TICKS.map((times) => tickAt(times, height)).join("\n")}
${drawn.join("\n")}
</svg>
`;
}

function tickAt(times: number, height: number): string {
  const at = x(times);
  return `<line class="${times === 1 ? "even" : "grid"}" x1="${at}" x2="${at}" y1="${TOP - 6}" y2="${height - BOTTOM + 4}"/>
<text class="quiet middle" x="${at}" y="${height - BOTTOM + 20}">${times} ×</text>`;
}

function groupAt(y: number, { scenario, metric }: Row, bars: Bar[]): string {
  const lines = bars.map(({ peer, times }, index) => barAt(y + 20 + index * LINE, peer, times));
  return `<text class="scenario over" x="16" y="${y + 12}">${escaped(scenario)} <tspan class="quiet" font-weight="400">${escaped(metricOf(metric).words)}</tspan></text>
${lines.join("\n")}`;
}

function barAt(y: number, peer: string, times: number): string {
  const [from, to] = [Math.min(x(1), x(times)), Math.max(x(1), x(times))];
  // Beside the bar's far end, which is where one looks.
  const label = times >= 1 ? `x="${to + 5}"` : `class="end" x="${from - 5}"`;
  return `<text class="quiet end" x="${LABELS - 48}" y="${y + 10}">${escaped(peer)}</text>
<rect class="${times >= 1 ? "better" : "worse"}" x="${from}" y="${y + 1}" width="${Math.max(1, to - from)}" height="${LINE - 5}" rx="2"/>
<text ${label} y="${y + 10}">${shown(times)}</text>`;
}

const shown = (times: number) => (times >= 10 ? times.toFixed(0) : times.toFixed(times >= 1 ? 1 : 2));

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
