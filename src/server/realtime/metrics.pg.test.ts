import { expect, test } from "vitest";
import { cursorOf } from "#shared/feed.ts";
import { follow, say } from "#test/follow.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { eventually, inAWorld, type World } from "#test/world.ts";
import type { LiveNode } from "./live-node.ts";

/** Each figure moves when the thing happens, and says what it is called at /metrics. */
const world = inAWorld();

/** The value of one line at /metrics, labels as they stand there; null when there is no such line. */
async function figure(node: LiveNode, line: string): Promise<number | null> {
  const text = await node.metrics.registry.metrics();
  const found = text.split("\n").find((each) => each.startsWith(`${line} `));
  return found ? Number(found.slice(line.length)) : null;
}

const comes = (node: LiveNode, line: string, holds: (value: number | null) => boolean) =>
  eventually(() => figure(node, line), holds);

async function inARoom(world: World) {
  const [ana, ben] = [await world.person("ana"), await world.person("ben")];
  const roomId = await world.room(ana, ben);
  const node = await world.node({ beatMs: 50 });
  return { ana, ben, roomId, node, stage: await world.serve(node) };
}

test("a send counts its commit, its frames with their bytes, and how long they took, to the other end too", async () => {
  const { ana, ben, roomId, node, stage } = await inARoom(world());
  follow(stage.client(ben), roomId);
  const client = stage.client(ana);
  follow(client, roomId);
  await comes(node, "earshot_seats", (seats) => seats === 2);
  await say(client, roomId, "hello");
  await comes(node, "earshot_acknowledgement_delay_seconds_count", (count) => count === 1);
  expect(await figure(node, "earshot_send_commit_seconds_count")).toBe(1);
  expect(await figure(node, "earshot_deliveries_total")).toBe(2);
  expect(await figure(node, "earshot_delivery_bytes_total")).toBeGreaterThan(2 * '"body":"hello"'.length);
  expect(await figure(node, "earshot_delivery_delay_seconds_count")).toBe(1);
  expect(await figure(node, "earshot_socket_bytes_total")).toBeGreaterThan(
    (await figure(node, "earshot_delivery_bytes_total")) ?? 0,
  );
  expect(await figure(node, "earshot_acknowledgements_missed_total")).toBe(0);
  await client.api.me.read.mutate({ roomId, seq: 1 });
  expect(await figure(node, "earshot_receipt_commit_seconds_count")).toBe(1);
  expect(await figure(node, "earshot_receipt_batch_size_count")).toBe(1);
});

test("bytes of sockets that are gone are still counted: the total never falls", async () => {
  const { ana, roomId, node, stage } = await inARoom(world());
  const raw = await RawSocket.open(stage, ana);
  raw.ask(1, "query", "room.get", { roomId });
  await raw.answer(1);
  const before = (await figure(node, "earshot_socket_bytes_total")) ?? 0;
  expect(before).toBeGreaterThan(0);
  raw.socket.terminate();
  await comes(node, "earshot_sockets", (sockets) => sockets === 0);
  expect(await figure(node, "earshot_socket_bytes_total")).toBeGreaterThanOrEqual(before);
});

test("heartbeats are timed from the pool to LISTEN", async () => {
  const { node } = await inARoom(world());
  await comes(node, "earshot_heartbeat_delay_seconds_count", (count) => (count ?? 0) >= 2);
});

test("a feed that begins says where from: anew, from the ring, from the table, or with a cursor that means nothing", async () => {
  const { ana, roomId, node, stage } = await inARoom(world());
  for (let n = 0; n < 3; n++) await world().write(ana, roomId, "before anybody watched");
  const { version } = await world().ledger(roomId);
  const raw = await RawSocket.open(stage, ana);
  const opened = async (id: number, lastEventId: string | undefined, from: string) => {
    raw.ask(id, "subscription", "room.feed", { roomId, lastEventId });
    expect(await comes(node, `earshot_resumes_total{from="${from}"}`, (count) => count === 1)).toBe(1);
  };
  expect(await figure(node, 'earshot_resumes_total{from="ring"}'), "there before it happens").toBe(0);
  const at = (number: number) => cursorOf(node.hub.epoch, number);
  await opened(1, undefined, "fresh");
  await eventually(() => node.hub.seats, Boolean);
  await opened(2, at(version), "ring");
  await opened(3, at(version - 2), "database");
  await opened(4, cursorOf("0".repeat(12), version), "reset");
});

test("a socket that does not read counts as behind, and its end by why", async () => {
  const { ana, roomId, node, stage } = await inARoom(world());
  const raw = await RawSocket.open(stage, ana);
  raw.ask(1, "subscription", "room.feed", { roomId });
  await eventually(() => node.hub.seats, Boolean);
  raw.socket.pause();
  await eventually(async () => {
    await world().pool.query(
      "insert into message (room_id, author_id, body) select $1, $2, repeat('x', 16000) from generate_series(1, 10)",
      [roomId, ana.id],
    );
    return figure(node, "earshot_sockets_behind");
  }, Boolean);
  expect(await figure(node, 'earshot_evictions_total{why="stuck"}')).toBe(0);
  node.sockets.nudge(performance.now() + 31_000);
  await comes(node, 'earshot_evictions_total{why="stuck"}', (count) => count === 1);
  await comes(node, "earshot_sockets_behind", (behind) => behind === 0);
  raw.socket.terminate();
});

test("rooms that changed and were not read are dirty until they are", async () => {
  const { ana, ben, roomId, node, stage } = await inARoom(world());
  const seen = follow(stage.client(ben), roomId);
  await comes(node, "earshot_seats", (seats) => seats === 1);
  await world().onOneConnection(async (holder) => {
    await holder.query("begin");
    await holder.query("lock table room in access exclusive mode");
    // Nothing was written, but a bell says so: the read waits for the table.
    node.hub.hear(roomId, 1_000);
    await comes(node, "earshot_rooms_dirty", (dirty) => dirty === 1);
  });
  await comes(node, "earshot_rooms_dirty", (dirty) => dirty === 0);
  await world().write(ana, roomId, "after all");
  await eventually(seen.bodies, (bodies) => bodies.includes("after all"));
});

test("the queue of notifications, the lock and the clocks are known from the first report", async () => {
  const { node } = await inARoom(world());
  expect(await figure(node, "earshot_notify_lock_waiters")).toBe(0);
  expect(await figure(node, "earshot_notify_queue_usage")).toBeGreaterThanOrEqual(0);
  expect(Math.abs((await figure(node, "earshot_clock_offset_seconds")) ?? 99)).toBeLessThan(5);
});
