import type pg from "pg";
import { expect, test } from "vitest";
import { migrate } from "#server/db/migrate.ts";
import { readReportsAsSystem } from "#server/db/node-reports.ts";
import { openPool } from "#server/db/pool.ts";
import { percentilesOf } from "#shared/durations.ts";
import { follow, say } from "#test/follow.ts";
import { startScratchCluster } from "#test/test-postgres.ts";
import { Wire } from "#test/wire.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** What nodes tell one another by a small table (reports.ts). */
const world = inAWorld();

const reportOf = async (nodeId: string) =>
  (await readReportsAsSystem(world().pool)).rows.find((row) => row.nodeId === nodeId);

/** Backdates a node's last word, as if it had died. */
const ageReport = (nodeId: string, by: string) =>
  world().pool.query("update node_report set reported_at = reported_at - $2::interval where node_id = $1", [
    nodeId,
    by,
  ]);

test("two nodes are known as soon as they run; one that leaves in order says so, one that dies just falls silent", async () => {
  const [first, second] = [await world().node(), await world().node()];
  expect(await reportOf(first.id)).toMatchObject({
    stoppedAt: null,
    report: { listening: "live", pid: process.pid, sockets: 0 },
  });
  expect((await reportOf(second.id))?.stoppedAt).toBeNull();
  await first.stop();
  expect((await reportOf(first.id))?.stoppedAt).toBeInstanceOf(Date);
  expect((await reportOf(second.id))?.stoppedAt).toBeNull();
});

test("a line that is cut in the middle of a report ends the report, not the node", async () => {
  await using wire = await Wire.before(world().db.url);
  const db = openPool(wire.url, 2);
  const node = await world().node({ db });
  let cuts = 0;
  wire.toServer = (chunk) => (chunk.includes("node-report") && cuts++ === 0 ? "cut" : "pass");
  // Cut without a word of Postgres. An `error` of a connection that nobody listens to ends the process, and here the test.
  await node.reports.tell();
  expect(cuts).toBe(1);
  const before = await reportOf(node.id);
  await node.reports.tell();
  expect((await reportOf(node.id))?.reportedAt.getTime()).toBeGreaterThan(before?.reportedAt.getTime() ?? 0);
  await node.stop();
  await db.end();
});

test("a node that is gone is remembered for an hour, and cleared away by any other", async () => {
  const [gone, other] = [await world().node(), await world().node()];
  await ageReport(gone.id, "59 minutes");
  await other.reports.tell();
  expect(await reportOf(gone.id)).toBeDefined();
  await ageReport(gone.id, "2 minutes");
  expect(await reportOf(gone.id)).toBeUndefined();
  await other.reports.tell();
  const { rowCount } = await world().pool.query("select from node_report where node_id = $1", [gone.id]);
  expect(rowCount).toBe(0);
});

test("the last hour is kept by the minute: sends, sockets, and how long deliveries took", async () => {
  const ana = await world().person("ana");
  const roomId = await world().room(ana);
  const node = await world().node();
  const client = (await world().serve(node)).client(ana);
  const seen = follow(client, roomId);
  // Well within a minute: a few seconds later is the same one.
  const now = Math.ceil(Date.now() / 60_000) * 60_000 + 20_000;
  await node.reports.tell(now);
  for (const body of ["one", "two"]) await say(client, roomId, body);
  await eventually(seen.bodies, (bodies) => bodies.length === 2);
  await node.reports.tell(now + 1_000);
  await node.reports.tell(now + 61_000);
  const first = await reportOf(node.id);
  expect(first?.minutes).toHaveLength(1);
  expect(first?.minutes[0]).toMatchObject({ sends: 2, sockets: 1 });
  expect(percentilesOf([first?.minutes[0]?.written ?? []])?.p99).toBeGreaterThan(0);
  for (let minute = 2; minute < 70; minute++) await node.reports.tell(now + minute * 60_000 + 1_000);
  const minutes = (await reportOf(node.id))?.minutes ?? [];
  expect(minutes).toHaveLength(60);
  expect(new Set(minutes.map(({ at }) => at)).size).toBe(60);
  expect(minutes.at(-1)?.sends).toBe(0);
  await node.reports.tell(now + 69 * 60_000 + 2_000);
  expect((await reportOf(node.id))?.minutes, "what did not change is left as it is").toEqual(minutes);
});

test("a report that fails changes nothing, and the next one is tried", async () => {
  const node = await world().node();
  expect(node.reports.pressure).not.toBeNull();
  const before = node.reports.clockOffsetMs;
  await ageReport(node.id, "30 seconds");
  const aged = (await reportOf(node.id))?.reportedAt;
  await world().pool.query("alter function node_report rename to node_report_away");
  await node.reports.tell();
  expect(node.reports.clockOffsetMs).toBe(before);
  expect((await reportOf(node.id))?.reportedAt).toEqual(aged);
  await world().pool.query("alter function node_report_away rename to node_report");
  await node.reports.tell();
  expect((await reportOf(node.id))?.reportedAt).not.toEqual(aged);
});

const waiting = (pool: pg.Pool, event: string) =>
  eventually(
    async () =>
      (await pool.query("select pid from pg_stat_activity where wait_event = $1 order by query_start", [event])).rows,
    (rows) => rows.length > 0,
  );

test("commits that wait for the lock of NOTIFY are counted: behind a synchronous standby that is not there", async () => {
  const cluster = await startScratchCluster({});
  const pool = openPool(cluster.url, 6);
  try {
    await migrate(cluster.url, "prisma/migrations");
    await pool.query("create table said (word text)");
    await pool.query("alter system set synchronous_standby_names = 'nobody'");
    await pool.query("select pg_reload_conf()");
    await eventually(
      async () => (await pool.query("show synchronous_standby_names")).rows[0].synchronous_standby_names,
      (names) => names === "nobody",
    );
    const speak = () => pool.query("with written as (insert into said values ('hello')) select pg_notify('x', '')");
    const [first, second] = [speak(), waiting(pool, "SyncRep").then(speak)];
    // The first holds the lock and waits for its standby; the second waits for the lock.
    const [holder] = await waiting(pool, "SyncRep");
    const { lockWaiters } = await eventually(
      () => readReportsAsSystem(pool),
      (read) => read.lockWaiters > 0,
    );
    expect(lockWaiters).toBe(1);
    await pool.query("select pg_cancel_backend($1)", [holder?.pid]);
    const [last] = await eventually(
      () => waiting(pool, "SyncRep"),
      (rows) => rows[0]?.pid !== holder?.pid,
    );
    expect((await readReportsAsSystem(pool)).lockWaiters).toBe(0);
    await pool.query("select pg_cancel_backend($1)", [last?.pid]);
    await Promise.all([first, second]);
  } finally {
    await pool.end();
    await cluster.remove();
  }
});
