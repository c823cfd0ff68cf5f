import type { FanOutSeen } from "../load/fan-out.ts";
import type { SendsSeen } from "../load/sends.ts";
import { type Peer, serverOf } from "../peers.ts";
import type { DurableScenario, FanOutScenario, LatencyScenario, SeatedScenario } from "../scenarios.ts";
import { median, quantile } from "../statistics.ts";
import { type Measured, note, type Run } from "./measured.ts";

/** One round of a scenario whose people are already connected, of one peer. */
export function measureSeated(run: Run, scenario: SeatedScenario, peer: Peer): Promise<Measured> {
  if (scenario.kind === "fan-out") return fanOut(run, scenario, peer);
  if (scenario.kind === "durable") return durable(run, scenario, peer);
  if (scenario.kind === "latency") return latency(run, scenario, peer);
  return lone(run, peer);
}

async function fanOut({ stage, plan }: Run, { changes }: FanOutScenario, peer: Peer): Promise<Measured> {
  const crowd = serverOf(peer);
  const { child } = stage.server(crowd);
  const ask = { peer, changes };
  await stage.lead(crowd, "fanOut", { ...ask, forMs: 0, minTicks: 1 });
  const before = await child.call<number>("cpu");
  const seen = await stage.lead<FanOutSeen>(crowd, "fanOut", {
    ...ask,
    forMs: plan.fanOutMs,
    minTicks: plan.fanOutTicks,
  });
  const cpu = (await child.call<number>("cpu")) - before;
  const delivered = seen.ticks * changes * plan.cast.hall;
  return {
    cpuMicrosPerChange: cpu / delivered,
    bytesPerChange: seen.bytes / delivered,
    framesPerChange: seen.frames / delivered,
  };
}

/** What the processes spent meanwhile: the server's for each send, and how much of a core the busiest generator needed. */
async function watched<T>({ stage }: Run, peer: Peer, work: () => Promise<T>) {
  const { child } = stage.server(serverOf(peer));
  const spent = () => Promise.all([child, ...stage.generators].map((one) => one.call<number>("cpu")));
  const [before, startedAt] = [await spent(), performance.now()];
  const seen = await work();
  const forMicros = (performance.now() - startedAt) * 1_000;
  const [server = 0, ...generators] = (await spent()).map((cpu, index) => cpu - (before[index] ?? 0));
  return { seen, server, generatorShare: Math.max(...generators) / forMicros };
}

async function durable(run: Run, { inFlight, times }: DurableScenario, peer: Peer): Promise<Measured> {
  const warmUpMs = run.plan.warmUpMs * times;
  const forMs = run.plan.durableMs * times;
  const ask = { inFlight, warmUpMs, forMs };
  const { seen, server, generatorShare } = await watched(run, peer, () =>
    run.stage.load<SendsSeen>(serverOf(peer), "durable", ask),
  );
  note(
    run.verdicts,
    peer,
    seen.map(({ verdict }) => verdict),
  );
  const delaysMs = seen.flatMap((part) => part.delaysMs);
  return {
    sendsPerSecond: delaysMs.length / (forMs / 1000),
    p50Millis: median(delaysMs),
    p99Millis: quantile(delaysMs, 0.99),
    serverCpuMicrosPerSend: server / seen.reduce((sum, { verdict }) => sum + verdict.sends, 0),
    generatorShare,
  };
}

async function latency(run: Run, { perSecond }: LatencyScenario, peer: Peer): Promise<Measured> {
  if (perSecond === null) throw new Error("Nobody said how much is offered.");
  const { warmUpMs, latencyMs: forMs } = run.plan;
  const ask = { perSecond: perSecond / run.stage.generators.length, warmUpMs, forMs };
  const { seen, server, generatorShare } = await watched(run, peer, () =>
    run.stage.load<SendsSeen>(serverOf(peer), "latency", ask),
  );
  note(
    run.verdicts,
    peer,
    seen.map(({ verdict }) => verdict),
  );
  const delaysMs = seen.flatMap((part) => part.delaysMs);
  return {
    p50Millis: median(delaysMs),
    p99Millis: quantile(delaysMs, 0.99),
    serverCpuMicrosPerSend: server / seen.reduce((sum, { verdict }) => sum + verdict.sends, 0),
    offeredPerSecond: perSecond,
    generatorShare,
  };
}

async function lone(run: Run, peer: Peer): Promise<Measured> {
  const seen = await run.stage.lead<SendsSeen>(serverOf(peer), "lone", { count: run.plan.loneSends });
  note(run.verdicts, peer, [seen.verdict]);
  return { p50Millis: median(seen.delaysMs), p99Millis: quantile(seen.delaysMs, 0.99) };
}
