import { twentiesIn } from "../cast.ts";
import type { ComeBackSeen } from "../load/storm.ts";
import type { ServerName } from "../peers.ts";
import { Statements } from "../statements.ts";
import { median } from "../statistics.ts";
import { interleave, type Measured, type Rounds, type Run } from "./measured.ts";

/** A node that hears of changes while nobody watches reads them now: its ring is what the storm meets. */
const HEARD_WITHIN_MS = 1_000;

/**
 * Everybody's socket is cut, much happens, and everybody comes back at once. What it costs is counted by Postgres itself:
 * all statements of that database from the cut's end to the last one's return.
 */
export async function measureStorm(run: Run, rounds: number, peers: ServerName[]): Promise<Rounds> {
  await run.stage.unseatAll();
  const statements = await Statements.open(run.stage.adminUrl);
  try {
    return await interleave(peers, rounds, async (server) => {
      const room = await comeBack(run, statements, server, false);
      if (server !== "ours") return room;
      // The same once more as a browser: it also follows what is its person's own, which no peer has.
      const browser = await comeBack(run, statements, server, true);
      return { ...room, queriesPerSocketWithMeFeed: browser.queriesPerSocket ?? Number.NaN };
    });
  } finally {
    await statements.close();
  }
}

async function comeBack(
  { stage, plan, say }: Run,
  statements: Statements,
  server: ServerName,
  isBrowser: boolean,
): Promise<Measured> {
  const { rooms, changesPerRoom } = plan.storm;
  const seating = twentiesIn(stage.databases.cast, rooms);
  const { port } = stage.server(server);
  const crowd = `storm at ${server}`;
  await stage.seat({ crowd, server, port, seating, isBrowser });
  await stage.load(crowd, "calm", { calmMs: plan.calmMs });
  await stage.load(crowd, "cut");
  // The peers' rows have one numbering for all rooms: the lowest of the answers was given before anything was written.
  const before = await stage.load<string | null>(crowd, "meanwhile", { changesPerRoom });
  const after = server === "ours" ? null : String(Math.min(...before.map(Number)));
  await new Promise((resolve) => setTimeout(resolve, HEARD_WITHIN_MS));
  await statements.reset();
  const seen = await stage.load<ComeBackSeen>(crowd, "comeBack", { port, changesPerRoom, after });
  const counted = await statements.count(server === "ours" ? "bench_ours" : "bench_plain");
  await stage.unseat(crowd);
  const twice = seen.reduce((sum, part) => sum + part.twice, 0);
  if (twice > 0) throw new Error(`${server}: ${twice} changes came twice to those who came back.`);
  const refusals = seen.reduce((sum, part) => sum + part.refusals, 0);
  if (refusals > 0) say(`${server} refused ${refusals} handshakes for a moment.`);
  if (process.env.BENCH_STATEMENTS) for (const line of counted.lines) say(line);
  const backMs = seen.flatMap((part) => part.backMs);
  const sockets = seating.places.length;
  return {
    queriesPerRoom: (counted.all - counted.sessions) / rooms,
    sessionQueriesPerSocket: counted.sessions / sockets,
    queriesPerSocket: counted.all / sockets,
    allBackMillis: Math.max(...backMs),
    halfBackMillis: median(backMs),
  };
}
