import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { currentCommit, describeMachine, loadNow } from "./machine.ts";
import { interleave } from "./measure.ts";
import { FULL, QUICK, type Scenario, scenariosOf, serverOf } from "./plan.ts";
import { type Row, rowsOf, tableOf } from "./report.ts";
import { Interrupted, Stage } from "./stage.ts";

/**
 * `npm run bench [-- --quick] [--only=fanout|durable|lone|<scenario>] [--profile=<server>]`: how the engine does beside four others, in one
 * interleaved run on loopback. Figures, no verdict: docs/performance.md says what they mean.
 */
const option = (name: string) => process.argv.find((given) => given.startsWith(`--${name}=`))?.split("=")[1] ?? null;
const isQuick = process.argv.includes("--quick");
const plan = isQuick ? QUICK : FULL;
const only = option("only");
const startedAt = performance.now();
const loadBefore = loadNow();
const stage = new Stage();

function say(line: string): void {
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}`);
}

async function run(): Promise<void> {
  say("Building, and starting Postgres (fsync on) and the servers …");
  await stage.open(plan, option("profile"));
  const ours = stage.server("ours").child;
  const memory = { idleRssBytes: await ours.call<number>("memory"), crowdRssBytes: 0 };
  const rows: Row[] = [];
  let seated: Scenario["kind"] | null = null;
  for (const scenario of scenariosOf(plan).filter(({ name }) => !only || [name, name.split("-")[0]].includes(only))) {
    const seating = scenario.kind === "fan-out" ? "fan-out" : "durable";
    if (seated !== seating) {
      say(`Connecting everybody to ${scenario.peers.length} servers …`);
      const servers = [...new Set(scenario.peers.map(serverOf))];
      await stage.seat(seating === "fan-out" ? "fan-out" : "pairs", servers);
      seated = seating;
      if (seating === "fan-out") memory.crowdRssBytes = await ours.call<number>("memory");
    }
    let lastRound = -1;
    const rounds = await interleave(stage, plan, scenario, (_, round) => {
      if (round !== lastRound) say(`${scenario.name}, round ${round + 1} of ${plan.rounds}`);
      lastRound = round;
    });
    rows.push(...rowsOf(scenario.name, rounds));
  }
  const result = {
    machine: describeMachine(stage.databases.version, loadBefore),
    commit: await currentCommit(),
    date: new Date().toISOString(),
    isQuick,
    plan,
    memory,
    rows,
  };
  console.log(`\n${tableOf(rows)}\n`);
  say(`The load of this machine before the run: ${loadBefore}, on ${cpus().length} cores.`);
  const crowd = memory.crowdRssBytes > 0 ? `; with ${plan.sockets} sockets: ${megabytes(memory.crowdRssBytes)}` : "";
  say(`Node at rest, without the pages: ${megabytes(memory.idleRssBytes)}${crowd}.`);
  if (only) return say("A part of a run: bench/results/latest.json stays as it was.");
  const directory = join(import.meta.dirname, "results");
  await mkdir(directory, { recursive: true });
  const file = isQuick ? "quick.json" : "latest.json";
  await writeFile(join(directory, file), `${JSON.stringify(result, null, 2)}\n`);
  say(`Written to bench/results/${file}.`);
}

const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;

let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (interrupted) return;
    interrupted = true;
    say("Stopping …");
    void stage.stop();
  });
}

try {
  await run();
} catch (error) {
  process.exitCode = interrupted ? 130 : 1;
  if (!interrupted && !(error instanceof Interrupted)) console.error(error);
} finally {
  await stage.close();
}
