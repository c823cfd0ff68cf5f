/** What the metrics are called in the table, and which way is better. What is only of interest to whoever asks why is in the file alone. */
type Metric = { words: string; isMoreBetter?: true; isNote?: true };

const METRICS: Record<string, Metric> = {
  cpuMicrosPerChange: { words: "server CPU, µs per change and socket" },
  bytesPerChange: { words: "bytes per change and socket", isNote: true },
  framesPerChange: { words: "frames per change and socket", isNote: true },
  sendsPerSecond: { words: "sends per second", isMoreBetter: true },
  p50Millis: { words: "ms to the other screen, p50" },
  p99Millis: { words: "ms to the other screen, p99" },
  serverCpuMicrosPerSend: { words: "server CPU, µs per send" },
  offeredPerSecond: { words: "offered, sends per second", isNote: true },
  generatorShare: { words: "of a core, busiest generator", isNote: true },
  deliveriesPerSecond: { words: "deliveries per second", isMoreBetter: true },
  busiestNodeCpuMicrosPerTick: { words: "CPU of the busiest node, µs per tick" },
  queriesPerRoom: { words: "statements per room, but sessions'" },
  sessionQueriesPerSocket: { words: "session's statements per socket" },
  queriesPerSocket: { words: "all statements per socket" },
  queriesPerSocketWithMeFeed: { words: "the same, with me.feed" },
  halfBackMillis: { words: "ms until half are back" },
  allBackMillis: { words: "ms until all are back" },
  bytesPerSocket: { words: "resident bytes per socket" },
  bytesOfOneMore: { words: "of one more, beyond those" },
  bytesOf10000: { words: "resident bytes with 10,000" },
  serverRssBytes: { words: "resident bytes of the server", isNote: true },
  idleCpuShare: { words: "of a core while idle", isNote: true },
  newestMillis: { words: "newest page, ms" },
  middleMillis: { words: "page before the middle, ms" },
  aroundMillis: { words: "page around a message, ms" },
  roomListMillis: { words: "list of 500 rooms, ms" },
};

export function metricOf(name: string): Metric {
  const found = METRICS[name];
  if (!found) throw new Error(`The report has no words for ${name}.`);
  return found;
}
