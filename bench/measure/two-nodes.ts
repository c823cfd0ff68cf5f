import { seatingIn } from "../cast.ts";
import type { Server } from "../stage.ts";
import { interleave, type Measured, type Rounds, type Run } from "./measured.ts";

const ONE = "one-node";
/** One change a tick: what a node spends then is a write per socket. */
const CHANGES = 1;

/**
 * The same crowd at one node, and half of it at each of two nodes of one database. The two crowds are in different rooms, so
 * that both can be seated while rounds change between them; either is held by two generators. Written from outside.
 */
export async function measureTwoNodes(run: Run, rounds: number): Promise<Rounds> {
  const { stage, plan } = run;
  const first = stage.server("ours");
  const second = await stage.start("ours");
  try {
    await stage.unseatAll();
    const hall = seatingIn(stage.databases.cast, "hall", plan.cast).places;
    const half = hall.length / 2;
    const annex = hall.map(({ person }) => ({ person, roomId: stage.databases.cast.annex }));
    for (const [part, node] of [first, second].entries()) {
      const places = [half * part, half * (part + 1)] as const;
      await stage.seatPart(part, { crowd: ONE, port: first.port, places: hall.slice(...places), perRoom: half });
      await stage.seatPart(part, { crowd: "ours", port: node.port, places: annex.slice(...places), perRoom: half });
    }
    return await interleave(["ours", ONE] as const, rounds, (crowd) =>
      ticks(run, crowd, crowd === ONE ? [first] : [first, second]),
    );
  } finally {
    await stage.unseatAll();
    await stage.dismiss(second.child);
  }
}

async function ticks({ stage, plan }: Run, crowd: string, nodes: Server[]): Promise<Measured> {
  await tick();
  const spent = () => Promise.all(nodes.map(({ child }) => child.call<number>("cpu")));
  const [before, startedAt] = [await spent(), performance.now()];
  for (let turn = 0; turn < plan.twoNodesTicks; turn++) await tick();
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpu = (await spent()).map((micros, node) => micros - (before[node] ?? 0));
  const changes = plan.twoNodesTicks * CHANGES;
  return {
    deliveriesPerSecond: (changes * plan.cast.hall) / seconds,
    busiestNodeCpuMicrosPerTick: Math.max(...cpu) / plan.twoNodesTicks,
  };

  /** Both halves look out before anything is written. */
  async function tick(): Promise<void> {
    await stage.load(crowd, "expect", { changes: CHANGES });
    await Promise.all([stage.lead(crowd, "cause", { changes: CHANGES }), stage.load(crowd, "arrived")]);
  }
}
