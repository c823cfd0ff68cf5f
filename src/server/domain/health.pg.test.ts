import { expect, test } from "vitest";
import { keepReportAsSystem, type NodeMinute, type NodeReport } from "#server/db/node-reports.ts";
import { type Durations, Tally } from "#shared/durations.ts";
import { newId } from "#shared/ids.ts";
import { inAWorld, type Somebody } from "#test/world.ts";
import { healthFor } from "./health.ts";

const world = inAWorld();

async function admin(): Promise<Somebody> {
  const cleo = await world().person("cleo");
  await world().pool.query(`update "user" set role = 'admin' where id = $1`, [cleo.id]);
  return cleo;
}

const tallied = (...durations: number[]): Durations => {
  const tally = new Tally();
  for (const ms of durations) tally.add(ms);
  return tally.take();
};

const REPORT: NodeReport = {
  host: "attic",
  pid: 7,
  uptimeSeconds: 60,
  listening: "live",
  heartbeatMs: 2,
  sockets: 3,
  socketsBehind: 0,
  people: 3,
  rooms: 1,
  roomsDirty: 0,
  sendsWaiting: 0,
  memoryBytes: 100_000_000,
  evictions: 0,
  clockOffsetMs: 0,
};

/** A node that said so, a while ago. */
async function reported(saidAgo: string, minutes: NodeMinute[] = [], report: Partial<NodeReport> = {}) {
  const nodeId = newId();
  await keepReportAsSystem(world().pool, nodeId, { ...REPORT, ...report }, minutes);
  await world().pool.query("update node_report set reported_at = now() - $2::interval where node_id = $1", [
    nodeId,
    saidAgo,
  ]);
  return nodeId;
}

test("an admin sees every node of the last hour: live, polling, silent, and one that left", async () => {
  const cleo = await admin();
  const [live, polling, silent] = [
    await reported("5 seconds"),
    await reported("5 seconds", [], { listening: "polling" }),
    await reported("31 seconds"),
  ];
  const left = await reported("40 minutes");
  await world().pool.query("update node_report set stopped_at = reported_at where node_id = $1", [left]);
  const gone = await reported("61 minutes");
  const states = Object.fromEntries((await healthFor(cleo.id)).nodes.map(({ id, state }) => [id, state]));
  expect(states).toEqual({ [live]: "live", [polling]: "polling", [silent]: "silent", [left]: "stopped" });
  expect(states).not.toHaveProperty(gone);
});

test("the hour is of all nodes together, and a minute of which nobody spoke is a gap, not a nought", async () => {
  const cleo = await admin();
  await world().pool.query("delete from node_report");
  const { minutes: empty } = await healthFor(cleo.id);
  expect(empty).toHaveLength(60);
  const nothing = { sends: null, sockets: null, delivery: null, acknowledgement: null };
  expect(empty.at(-1)).toMatchObject(nothing);
  const at = Date.parse(empty[40]?.at ?? "") / 60_000;
  const minute = (sends: number, sockets: number, ms: number): NodeMinute => ({
    at,
    sends,
    sockets,
    written: tallied(ms, ms, ms),
    acknowledged: [],
  });
  await reported("1 second", [minute(10, 2, 3)]);
  await reported("1 second", [minute(5, 1, 300)]);
  const { minutes } = await healthFor(cleo.id);
  const found = minutes.find((one) => Date.parse(one.at) / 60_000 === at);
  expect(found).toMatchObject({ sends: 15, sockets: 3, acknowledgement: null });
  expect(found?.delivery?.p50).toBeCloseTo(3, 0);
  expect(found?.delivery?.p99).toBeGreaterThan(280);
  expect(minutes.filter(({ sends }) => sends !== null)).toHaveLength(1);
});

test("somebody who was an admin until now sees nothing any more, and so does everybody else; an admin does", async () => {
  const cleo = await admin();
  const ana = await world().person("ana");
  await expect(healthFor(ana.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(healthFor(cleo.id)).resolves.toHaveProperty("nodes");
  await world().pool.query(`update "user" set role = 'moderator' where id = $1`, [cleo.id]);
  await expect(healthFor(cleo.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
