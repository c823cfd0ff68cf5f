import { type Seating, seatingIn, twentiesIn } from "../cast.ts";
import { type ServerName, serverOf } from "../peers.ts";
import type { Row } from "../report/rows.ts";
import type { LatencyScenario, OwnScenario, Scenario, SeatedScenario, SeatingName } from "../scenarios.ts";
import { measureHistory } from "./history.ts";
import { measureIdle } from "./idle.ts";
import { interleave, type Rounds, type Run } from "./measured.ts";
import { measureSeated } from "./seated.ts";
import { measureStorm } from "./storm.ts";
import { measureTwoNodes } from "./two-nodes.ts";

/** Offered when the durable scenario was not part of the run: about what the stack of S2 takes on a small machine. */
const SATURATION_PER_SECOND = 4_000;

/** All rounds of all peers. `sofar` are the rows of the scenarios before. */
export async function runScenario(run: Run, scenario: Scenario, sofar: Row[]): Promise<Rounds> {
  if (!("seating" in scenario)) return runOwn(run, scenario);
  const servers = [...new Set(scenario.peers.map(serverOf))];
  await seatOnce(run, scenario.seating, servers);
  const ready = scenario.kind === "latency" ? offering(scenario, sofar) : scenario;
  return inRounds(run, ready);
}

async function runOwn(run: Run, { name, kind, rounds, peers }: OwnScenario): Promise<Rounds> {
  run.say(`${name}: ${rounds === 1 ? "one round" : `${rounds} rounds`} of ${peers.join(", ")}`);
  seated.delete(run);
  if (kind === "two-nodes") return measureTwoNodes(run, rounds);
  if (kind === "storm") return measureStorm(run, rounds, peers.map(serverOf));
  if (kind === "idle") return measureIdle(run, rounds, peers.map(serverOf));
  return measureHistory(run);
}

function offering(scenario: LatencyScenario, sofar: Row[]): LatencyScenario {
  const row = sofar.find((one) => one.scenario === "durable-100x2" && one.metric === "sendsPerSecond");
  return { ...scenario, perSecond: scenario.perSecond ?? row?.peers["socketio-redis"] ?? SATURATION_PER_SECOND };
}

function inRounds(run: Run, scenario: SeatedScenario): Promise<Rounds> {
  let last = -1;
  return interleave(scenario.peers, scenario.rounds, (peer, round) => {
    if (round !== last) run.say(`${scenario.name}, round ${round + 1} of ${scenario.rounds}`);
    last = round;
    return measureSeated(run, scenario, peer);
  });
}

/** Who sits where in a run, so that scenarios of the same seating connect nobody anew. */
const seated = new WeakMap<Run, { seating: SeatingName; servers: Set<ServerName> }>();

async function seatOnce(run: Run, name: SeatingName, servers: ServerName[]): Promise<void> {
  const { stage, plan } = run;
  const before = seated.get(run);
  if (before?.seating !== name) await stage.unseatAll();
  const there = before?.seating === name ? before.servers : new Set<ServerName>();
  const coming = servers.filter((server) => !there.has(server));
  if (coming.length > 0) run.say(`Connecting everybody to ${coming.join(", ")} …`);
  const seating: Seating =
    name === "twenties-20" ? twentiesIn(stage.databases.cast, 20) : seatingIn(stage.databases.cast, name, plan.cast);
  for (const server of coming) await stage.seat({ crowd: server, server, port: stage.server(server).port, seating });
  seated.set(run, { seating: name, servers: new Set([...there, ...coming]) });
}
