import type { FanOutSeen } from "./load/fan-out.ts";
import type { SendsSeen } from "./load/sends.ts";
import { type Peer, type Plan, type Scenario, serverOf } from "./plan.ts";
import type { Stage } from "./stage.ts";
import { median, quantile } from "./statistics.ts";

/** What one peer did in one round of a scenario: metrics by name. */
export type Measured = Record<string, number>;
/** By peer, then by round. */
export type Rounds = Map<Peer, Measured[]>;

export async function measure(stage: Stage, plan: Plan, scenario: Scenario, peer: Peer): Promise<Measured> {
  const { child } = stage.server(serverOf(peer));
  const server = serverOf(peer);
  if (scenario.kind === "lone") {
    const { delaysMs } = await stage.generator.call<SendsSeen>("lone", { server, count: plan.loneSends });
    return { p50Millis: median(delaysMs), p99Millis: quantile(delaysMs, 0.99) };
  }
  if (scenario.kind === "durable") {
    const { inFlight, warmUpMs, durableMs: forMs } = plan;
    const before = await child.call<number>("cpu");
    const seen = await stage.generator.call<SendsSeen>("durable", { server, inFlight, warmUpMs, forMs });
    const cpu = (await child.call<number>("cpu")) - before;
    return {
      sendsPerSecond: seen.delaysMs.length / (forMs / 1000),
      p50Millis: median(seen.delaysMs),
      p99Millis: quantile(seen.delaysMs, 0.99),
      serverCpuMicrosPerSend: cpu / seen.sends,
    };
  }
  const ask = { server, peer, changes: scenario.changes };
  await stage.generator.call("fanOut", { ...ask, forMs: 0, minTicks: 1 });
  const before = await child.call<number>("cpu");
  const seen = await stage.generator.call<FanOutSeen>("fanOut", {
    ...ask,
    forMs: plan.fanOutMs,
    minTicks: plan.fanOutTicks,
  });
  const cpu = (await child.call<number>("cpu")) - before;
  const delivered = seen.ticks * scenario.changes * plan.sockets;
  return {
    cpuMicrosPerChange: cpu / delivered,
    bytesPerChange: seen.bytes / delivered,
    framesPerChange: seen.frames / delivered,
  };
}

/** Every round measures every peer once, and begins with another one: what the machine does meanwhile, it does to all. */
export async function interleave(
  stage: Stage,
  plan: Plan,
  scenario: Scenario,
  onStep: (peer: Peer, round: number) => void,
): Promise<Rounds> {
  const rounds: Rounds = new Map(scenario.peers.map((peer) => [peer, []]));
  for (let round = 0; round < plan.rounds; round++) {
    const shift = round % scenario.peers.length;
    for (const peer of [...scenario.peers.slice(shift), ...scenario.peers.slice(0, shift)]) {
      onStep(peer, round);
      rounds.get(peer)?.push(await measure(stage, plan, scenario, peer));
    }
  }
  return rounds;
}
