import { PER_TWENTY } from "./cast.ts";
import { currentCommit, describeMachine, loadNow, openFilesLimit, wordsOf } from "./machine.ts";
import type { Run } from "./measure/measured.ts";
import { runScenario } from "./measure/scenario.ts";
import { needsRedis, type ServerName, serverOf } from "./peers.ts";
import { FULL, QUICK } from "./plan.ts";
import { redisVersion } from "./redis.ts";
import { aimsTable, judge } from "./report/aims.ts";
import { type Row, rowsOf } from "./report/rows.ts";
import { save } from "./report/save.ts";
import { tablesOf } from "./report/table.ts";
import { verdictOf } from "./report/verdict.ts";
import { isWanted, scenariosOf } from "./scenarios.ts";
import { Interrupted, Stage } from "./stage.ts";

/**
 * `npm run bench [-- --quick] [--only=<scenario>,…] [--profile=<server>]`: how the engine does beside seven others, in one
 * interleaved run on loopback. Figures, and beside them what we aim for: docs/performance.md says what they mean.
 */
const option = (name: string) => process.argv.find((given) => given.startsWith(`--${name}=`))?.split("=")[1] ?? null;
const isQuick = process.argv.includes("--quick");
const plan = isQuick ? QUICK : FULL;
const only = option("only");
/** Told to whoever started it, without where in the code. */
class CannotRun extends Error {}

const OTHER_FILES = 300;
const startedAt = performance.now();
const loadBefore = loadNow();
const stage = new Stage();
const run: Run = { stage, plan, verdicts: new Map(), say };
const notices: string[] = [];

function say(line: string): void {
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}`);
}

/** One process holds a socket of everybody at every server. Said now rather than at the socket that is one too many. */
function assertRoomFor(sockets: number): void {
  const [limit, needed] = [openFilesLimit(), sockets + OTHER_FILES];
  if (limit !== null && limit < needed)
    throw new CannotRun(
      `This run opens ${needed} files in one process, and ${limit} are allowed here: ulimit -n ${needed}`,
    );
}

async function main(): Promise<void> {
  const redis = await redisVersion();
  const wanted = scenariosOf(plan).filter(({ name }) => isWanted(name, only));
  if (wanted.length === 0)
    throw new CannotRun(
      `There is no scenario ${only}. There are: ${scenariosOf(plan)
        .map(({ name }) => name)
        .join(", ")}`,
    );
  if (redis === null) {
    notices.push("There is no redis-server here: socketio-redis, the stack of source S2, is left out.");
    for (const scenario of wanted) scenario.peers = scenario.peers.filter((peer) => !needsRedis(peer));
  }
  for (const notice of notices) say(notice);

  const servers = [...new Set(["ours" as ServerName, ...wanted.flatMap(({ peers }) => peers.map(serverOf))])];
  assertRoomFor(Math.max(servers.length * plan.cast.hall, 2 * plan.idleRooms * PER_TWENTY));
  say("Building, and starting Postgres (fsync on) and the servers …");
  await stage.open(plan, servers, option("profile"));
  const memory = { idleRssBytes: await stage.server("ours").child.call<number>("memory") };
  const rows: Row[] = [];
  for (const scenario of wanted) {
    const rounds = await runScenario(run, scenario, rows);
    const found = rowsOf(scenario.name, rounds);
    if (found.length < Object.keys(rounds.get("ours")?.[0] ?? {}).length)
      notices.push(`${scenario.name}: too little reached anybody in time for all of our figures.`);
    rows.push(...found);
  }

  const result = {
    machine: { ...describeMachine(stage.databases.version, loadBefore), redis },
    commit: await currentCommit(),
    date: new Date().toISOString(),
    isQuick,
    plan,
    memory,
    verdicts: Object.fromEntries(run.verdicts),
    notices,
    rows,
  };
  const head = `One run on ${result.date.slice(0, 10)}: ${wordsOf(result.machine)}, commit ${result.commit}.`;
  const report = [
    head,
    ...notices,
    tablesOf(rows),
    isQuick ? "Too little was measured to be judged." : aimsTable(judge(rows, result.machine.cores)),
    verdictOf(run.verdicts),
  ].join("\n\n");
  console.log(`\n${report}\n`);
  await save({ result, report, isQuick, isPart: only !== null, say });
  const ours = run.verdicts.get("ours");
  // What is lost or told twice is no figure, it is a fault.
  if (ours && (ours.missing > 0 || ours.twice > 0)) process.exitCode = 1;
}

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
  await main();
} catch (error) {
  process.exitCode = interrupted ? 130 : 1;
  if (!interrupted && !(error instanceof Interrupted))
    console.error(error instanceof CannotRun ? error.message : error);
} finally {
  await stage.close();
}
