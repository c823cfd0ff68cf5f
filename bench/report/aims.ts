import { rounded } from "../statistics.ts";
import type { Row } from "./rows.ts";
import { figure } from "./table.ts";

/**
 * What the engine is to reach, in ratios of one run where a peer is named. `limit` is the most, unless it is the least. With
 * fewer `cores` it cannot be told.
 */
type Aim = {
  words: string;
  scenario: string;
  metric: string;
  peer?: string;
  limit: number;
  isLeast?: true;
  cores?: number;
};

const fanOut = (scenario: string, peer: string, limit: number): Aim => ({
  words: `CPU per delivered change beside \`${peer}\``,
  scenario,
  metric: "cpuMicrosPerChange",
  peer,
  limit,
});
const sends = (scenario: string, peer: string, limit: number): Aim => ({
  words: `sends per second beside \`${peer}\``,
  scenario,
  metric: "sendsPerSecond",
  peer,
  limit,
  isLeast: true,
});
const p50 = (scenario: string, limit: number): Aim => ({
  words: "p50 to the other screen beside `socketio-redis`",
  scenario,
  metric: "p50Millis",
  peer: "socketio-redis",
  limit,
});

const AIMS: Aim[] = [
  fanOut("fanout-1", "ws", 1.25),
  fanOut("fanout-10", "ws", 0.25),
  fanOut("fanout-1", "trpc", 0.35),
  fanOut("fanout-10", "trpc", 0.06),
  ...["durable-100x2", "durable-20x20", "durable-1x200"].map((name) => sends(name, "naive-notify", 5)),
  ...["durable-100x2", "durable-20x20", "durable-1x200"].map((name) => sends(name, "socketio-redis", 2.5)),
  p50("latency-saturation", 0.5),
  p50("latency-500", 1),
  p50("latency-1000", 1),
  { words: "resident bytes with 10,000 sockets", scenario: "idle", metric: "bytesOf10000", limit: 2 ** 30 },
  { words: "statements per room, but sessions'", scenario: "storm", metric: "queriesPerRoom", limit: 3 },
  { words: "session's statements per socket", scenario: "storm", metric: "sessionQueriesPerSocket", limit: 1 },
  // Two nodes, two generators and Postgres: on fewer cores the second node takes from the first what it adds.
  {
    words: "deliveries per second beside one node",
    scenario: "two-nodes",
    metric: "deliveriesPerSecond",
    peer: "one-node",
    limit: 1.8,
    isLeast: true,
    cores: 4,
  },
];

/** `isMet` null: this machine cannot tell. */
export type Judged = { words: string; scenario: string; limit: string; found: number; isMet: boolean | null };

/** Those aims of which this run has the figures, on a machine of so many cores. */
export function judge(rows: Row[], onCores: number): Judged[] {
  return AIMS.flatMap(({ words, scenario, metric, peer, limit, isLeast, cores = 1 }) => {
    const row = rows.find((one) => one.scenario === scenario && one.metric === metric);
    const found = peer === undefined ? row?.ours : row?.ratios[peer];
    if (found === undefined) return [];
    const sign = isLeast ? "≥" : "≤";
    const shown = `${sign} ${figure(rounded(limit))}${peer === undefined ? "" : " ×"}`;
    const isMet = isLeast ? found >= limit : found <= limit;
    return [{ words, scenario, limit: shown, found, isMet: isMet || onCores >= cores ? isMet : null }];
  });
}

const verdict = (isMet: boolean | null) => (isMet === null ? "too few cores to tell" : isMet ? "met" : "**missed**");

export function aimsTable(judged: Judged[]): string {
  if (judged.length === 0) return "No aim is about this part.";
  const lines = judged.map(
    ({ words, scenario, limit, found, isMet }) =>
      `| \`${scenario}\`: ${words} | ${limit} | ${figure(found)} | ${verdict(isMet)} |`,
  );
  return ["| aim | at least or at most | in this run | |", "|---|--:|--:|---|", ...lines].join("\n");
}
