import { describe, expect, test } from "vitest";
import type { LiveNode } from "#server/realtime/live-node.ts";
import { applied, follow } from "#test/follow.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** R10: a socket that does not read is bounded, catches up when it reads again, and harms nobody. */
const world = inAWorld();

const WORDS = "x".repeat(16_000);
const ROWS = 10;
/** What may wait for one socket: the bound, and the frame that crossed it. */
const BOUND = 256 * 1024 + ROWS * 17_000;

async function scene() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  const stage = await world().serve(node);
  const seen = follow(stage.client(ana), roomId);
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 1,
  );
  let said = 0;
  /** Some rows in one frame; settles when ana, who reads, has them. */
  const talk = async (rows = ROWS, words = WORDS) => {
    said += rows;
    await world().pool.query(
      "insert into message (room_id, author_id, body) select $1, $2, $3 from generate_series(1, $4)",
      [roomId, ana.id, words, rows],
    );
    await eventually(
      () => seen.bodies().length,
      (count) => count === said,
    );
  };
  return { ana, ben, roomId, node, stage, seen, talk };
}

const waitingBytes = (node: LiveNode) => Math.max(...[...node.sockets.all()].map((socket) => socket.bufferedAmount));

/** Talks until the wire is full and the socket that does not read is over the bound. */
async function fillUp({ node, talk }: Pick<Awaited<ReturnType<typeof scene>>, "node" | "talk">): Promise<void> {
  for (let round = 0; waitingBytes(node) <= 256 * 1024; round++) {
    if (round > 200) throw new Error("The wire never filled.");
    await talk();
  }
}

describe("a socket that does not read", () => {
  test("gets no more than the bound, others get everything, and when it reads again it has everything too", async () => {
    const { ben, roomId, ...on } = await scene();
    const raw = await RawSocket.open(on.stage, ben);
    raw.ask(1, "subscription", "room.feed", { roomId });
    await eventually(
      () => on.node.hub.seats,
      (seats) => seats === 2,
    );
    raw.socket.pause();
    await fillUp(on);
    for (let round = 0; round < 15; round++) {
      await on.talk();
      expect(waitingBytes(on.node)).toBeLessThan(BOUND);
    }
    raw.socket.resume();
    await eventually(
      () => raw.bodies(1).length,
      (count) => count === on.seen.bodies().length,
    );
    const ends = raw
      .of(1)
      .slice(2)
      .map((frame) => frame.result.data.data);
    for (const [i, batch] of ends.entries()) if (i > 0) expect(batch.from).toBe(ends[i - 1].to);
    expect(raw.closed).toBeNull();
  });

  test("for longer than the ring remembers is closed when it reads again, and its client resumes without a gap", async () => {
    const { ben, roomId, ...on } = await scene();
    const client = on.stage.client(ben);
    const bens = follow(client, roomId);
    await eventually(
      () => on.node.hub.seats,
      (seats) => seats === 2,
    );
    client.sockets[0]?.pause();
    await fillUp(on);
    await on.talk(150, "short");
    await on.talk(150, "short");
    client.sockets[0]?.resume();
    const { version } = await world().ledger(roomId);
    await eventually(
      () => applied(bens.batches).at,
      (at) => at >= version,
    );
    expect(client.sockets.length).toBe(2);
    expect(applied(bens.batches).gaps).toBe(0);
    expect(bens.bodies().length).toBeGreaterThanOrEqual(on.seen.bodies().length);
  });

  test("and makes no progress for half a minute is cut off", async () => {
    const { ben, roomId, ...on } = await scene();
    const raw = await RawSocket.open(on.stage, ben);
    raw.ask(1, "subscription", "room.feed", { roomId });
    await eventually(
      () => on.node.hub.seats,
      (seats) => seats === 2,
    );
    raw.socket.pause();
    await fillUp(on);
    await on.talk();
    on.node.sockets.nudge(performance.now() + 31_000);
    await eventually(
      () => on.node.sockets.count,
      (count) => count === 1,
    );
    expect(on.node.hub.seats).toBe(1);
    raw.socket.terminate();
  });

  test("is not told of its own either, and then how it all ended, once", async () => {
    const { ben, roomId, ...on } = await scene();
    const raw = await RawSocket.open(on.stage, ben);
    raw.ask(1, "subscription", "room.feed", { roomId });
    raw.ask(2, "subscription", "me.feed");
    raw.ask(3, "subscription", "room.activity", { roomId });
    const mine = () => raw.of(2).flatMap((frame) => frame.result.data ?? []);
    const titles = () => mine().flatMap((event) => (event.type === "room" ? [event.room.title] : []));
    await eventually(
      () => mine().map((event) => event.type),
      (types) => types.includes("saved"),
    );
    raw.socket.pause();
    await fillUp(on);
    // One of each that was on its way already may follow.
    await on.talk();
    const before = waitingBytes(on.node);
    for (let turn = 1; turn <= 20; turn++) {
      await world().pool.query("update room set title = $2 where id = $1", [roomId, `${turn} ${"long ".repeat(30)}`]);
      await on.talk(1, "a beat");
      await on.node.receipts.advance(on.ana.id, [{ roomId, seq: turn, isRead: true }]);
    }
    expect(waitingBytes(on.node) - before).toBeLessThan(4_000);
    raw.socket.resume();
    await eventually(
      () => titles().at(-1)?.split(" ")[0],
      (last) => last === "20",
    );
    expect(titles().length).toBeLessThan(5);
    expect(raw.closed).toBeNull();
  });

  test("gets its catch-up page by page, as it reads them", async () => {
    const { ben, roomId, ...on } = await scene();
    const { epoch } = on.node.hub;
    for (let i = 0; i < 30; i++) await on.talk(25);
    const raw = await RawSocket.open(on.stage, ben);
    raw.socket.pause();
    raw.ask(1, "subscription", "room.feed", { roomId, lastEventId: `${epoch}.3` });
    const aPage = 200 * 17_000;
    await eventually(
      () => waitingBytes(on.node),
      (bytes) => bytes > 256 * 1024,
    );
    for (let i = 0; i < 10; i++) await on.talk(1, "a beat");
    expect(waitingBytes(on.node)).toBeLessThan(aPage);
    raw.socket.resume();
    await eventually(
      () => raw.bodies(1).length,
      (count) => count >= 760,
    );
    expect(raw.closed).toBeNull();
  });

  test("but asks and asks is cut off before it drowns the node; ana's calls are answered", async () => {
    const { ben, roomId, ...on } = await scene();
    for (let i = 0; i < 4; i++) await on.talk(25);
    const raw = await RawSocket.open(on.stage, ben);
    raw.socket.pause();
    let highest = 0;
    for (let id = 1; id <= 60 && on.node.sockets.count === 2; id++) {
      raw.ask(id, "query", "message.page", { roomId, limit: 100 });
      await on.talk(1, "a beat");
      highest = Math.max(highest, waitingBytes(on.node));
    }
    expect(highest).toBeLessThan(20 * 1024 * 1024);
    await eventually(
      () => on.node.sockets.count,
      (count) => count === 1,
    );
    raw.socket.terminate();
  });
});
