import { rounded } from "../statistics.ts";
import type { Row } from "./rows.ts";
import { figure } from "./table.ts";

/** What the engine is to reach, in ratios of one run where a peer is named. `limit` is the most, unless it is the least. */
type Aim = { words: string; scenario: string; metric: string; peer?: string; limit: number; isLeast?: true };

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

const twoNodes = (metric: string) => ({ scenario: "two-nodes", metric, peer: "one-node" });

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
  // Where there are no cores for two nodes, their generators and Postgres, the second of these says what the first cannot.
  { words: "deliveries per second beside one node", ...twoNodes("deliveriesPerSecond"), limit: 1.8, isLeast: true },
  { words: "CPU of the busiest node beside one node", ...twoNodes("busiestNodeCpuMicrosPerTick"), limit: 1 / 1.8 },
];

export type Judged = { words: string; scenario: string; limit: string; found: number; isMet: boolean };

/** Those aims of which this run has the figures. */
export function judge(rows: Row[]): Judged[] {
  return AIMS.flatMap(({ words, scenario, metric, peer, limit, isLeast }) => {
    const row = rows.find((one) => one.scenario === scenario && one.metric === metric);
    const found = peer === undefined ? row?.ours : row?.ratios[peer];
    if (found === undefined) return [];
    const sign = isLeast ? "≥" : "≤";
    const shown = `${sign} ${figure(rounded(limit))}${peer === undefined ? "" : " ×"}`;
    return [{ words, scenario, limit: shown, found, isMet: isLeast ? found >= limit : found <= limit }];
  });
}

export function aimsTable(judged: Judged[]): string {
  if (judged.length === 0) return "No aim is about this part.";
  const lines = judged.map(
    ({ words, scenario, limit, found, isMet }) =>
      `| \`${scenario}\`: ${words} | ${limit} | ${figure(found)} | ${isMet ? "met" : "**missed**"} |`,
  );
  return ["| aim | at least or at most | in this run | |", "|---|--:|--:|---|", ...lines].join("\n");
}
