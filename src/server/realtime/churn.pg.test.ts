import { describe, expect, test, vi } from "vitest";
import { FEEDS_PER_SOCKET } from "#server/api/context.ts";
import type { LiveNode } from "#server/realtime/live-node.ts";
import { newId } from "#shared/ids.ts";
import { applied, follow } from "#test/follow.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** Somebody who subscribes and unsubscribes without an end: nothing of it stays, and nobody else notices. */
const world = inAWorld();

/** What a node holds for those who listen. */
const held = ({ hub, me, activity }: LiveNode) => ({
  seats: hub.seats,
  inboxes: me.inboxes,
  activitySeats: activity.seats,
});
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

async function scene() {
  const [ana, ben, dana] = [await world().person("ana"), await world().person("ben"), await world().person("dana")];
  const [roomId, notMine] = [await world().room(ana, ben), await world().room(dana)];
  const node = await world().node();
  const stage = await world().serve(node);
  const seen = follow(stage.client(ben), roomId);
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 1,
  );
  const raw = await RawSocket.open(stage, ana);
  const feeds: [string, unknown][] = [
    ["room.feed", { roomId }],
    ["room.activity", { roomId }],
    ["me.feed", undefined],
    ["room.feed", { roomId: notMine }],
    ["room.activity", { roomId: newId() }],
    ["room.feed", { roomId: newId() }],
    ["room.feed", { roomId, lastEventId: `${node.hub.epoch}.1` }],
  ];
  return { ana, ben, roomId, node, stage, seen, raw, feeds };
}
type Scene = Awaited<ReturnType<typeof scene>>;

/**
 * Takes a place for a feed until there is no other: then they are as many as there are. A feed that was stopped in the
 * middle of a read gives its own back when that read is over, and until then is refused.
 */
async function takeAllPlaces(raw: RawSocket, roomId: string, taken: () => number): Promise<void> {
  await eventually(
    () => world().pool.waitingCount,
    (reads) => reads === 0,
  );
  raw.frames.length = 0;
  let id = 500_000;
  const refusals = () => raw.frames.filter((frame) => frame.includes("TOO_MANY_REQUESTS")).length;
  await eventually(
    async () => {
      const missing = FEEDS_PER_SOCKET - taken();
      const before = refusals();
      for (let n = 0; n < missing; n++) raw.ask(++id, "subscription", "room.feed", { roomId });
      await eventually(
        () => taken() + refusals() - before,
        (answered) => answered === FEEDS_PER_SOCKET,
      );
      return taken();
    },
    (places) => places === FEEDS_PER_SOCKET,
  );
  const before = refusals();
  raw.ask(++id, "subscription", "room.feed", { roomId });
  await eventually(refusals, (refused) => refused === before + 1);
}

/** Only what ben holds is left, and the socket has all its places for feeds again: no more, and no fewer. */
async function expectNothingLeft({ node, raw, roomId, seen, ana }: Scene): Promise<void> {
  const ours = { seats: 1, inboxes: 0, activitySeats: 0 };
  await eventually(
    () => held(node),
    (left) => JSON.stringify(left) === JSON.stringify(ours),
  );
  await eventually(
    () => node.hub.rooms,
    (rooms) => rooms === 1,
  );
  await world().write(ana, roomId, "the last word");
  await eventually(seen.bodies, (bodies) => bodies.includes("the last word"));
  expect(applied(seen.batches).gaps).toBe(0);
  expect(seen.errors).toEqual([]);
  await takeAllPlaces(raw, roomId, () => node.hub.seats - 1);
  raw.socket.terminate();
  await eventually(
    () => held(node),
    (left) => JSON.stringify(left) === JSON.stringify(ours),
  );
}

describe("a client that subscribes and unsubscribes in a loop", () => {
  test("400 times, stopped at every stage of attaching, leaves nothing", async () => {
    const on = await scene();
    for (let n = 0; n < 400; n++) {
      const [path, input] = on.feeds[n % on.feeds.length] ?? [];
      on.raw.ask(n, "subscription", path ?? "", input);
      // In the same packet, while it is being authorised, while it pages, when it is seated.
      for (let turn = 0; turn < n % 9; turn++) await new Promise(setImmediate);
      if (n % 5 === 4)
        await eventually(
          () => on.raw.of(n),
          (frames) => frames.length > 0,
        );
      on.raw.ask(n, "subscription.stop", "");
    }
    await expectNothingLeft(on);
  });

  test("90 at once, again and again, while people talk, leaves nothing, and whoever stays hears all of it", async () => {
    const on = await scene();
    const said: string[] = [];
    for (let round = 0; round < 8; round++) {
      const ids = Array.from({ length: 90 }, (_, n) => 1_000 * (round + 1) + n);
      for (const [n, id] of ids.entries()) {
        const [path, input] = on.feeds[n % on.feeds.length] ?? [];
        on.raw.ask(id, "subscription", path ?? "", input);
      }
      said.push(`round ${round}`);
      await world().write(on.ana, on.roomId, `round ${round}`);
      for (let turn = 0; turn < 3 * round; turn++) await new Promise(setImmediate);
      for (const id of round % 2 ? ids : ids.toReversed()) on.raw.ask(id, "subscription.stop", "");
    }
    await expectNothingLeft(on);
    expect(on.seen.bodies()).toEqual([...said, "the last word"]);
  });

  test("under one id, over and over, has one feed at a time, and none at the end", async () => {
    const on = await scene();
    for (let n = 0; n < 200; n++) {
      on.raw.ask(7, "subscription", "room.feed", { roomId: on.roomId });
      on.raw.ask(7, "subscription.stop", "");
      expect(on.node.hub.seats).toBeLessThanOrEqual(2);
      if (n % 4 === 0) await new Promise(setImmediate);
    }
    await expectNothingLeft(on);
  });

  test("with a new socket each time, cut at any moment, leaves no socket, no seat, no timer; and its room is forgotten", async () => {
    const { ana, roomId, node, stage, feeds, seen, raw } = await scene();
    seen.subscription.unsubscribe();
    await eventually(
      () => held(node).seats,
      (seats) => seats === 0,
    );
    const before = { sockets: node.sockets.count, timers: timers() };
    for (let n = 0; n < 60; n++) {
      const socket = await RawSocket.open(stage, ana);
      for (const [place, [path, input]] of feeds.entries()) socket.ask(place, "subscription", path, input);
      for (let turn = 0; turn < n % 12; turn++) await new Promise(setImmediate);
      if (n % 2) socket.socket.terminate();
      else socket.socket.close();
    }
    const none = { seats: 0, inboxes: 0, activitySeats: 0 };
    await eventually(
      () => ({ ...held(node), sockets: node.sockets.count }),
      (left) => JSON.stringify(left) === JSON.stringify({ ...none, sockets: before.sockets }),
    );
    // Rounds and graces of presence end by themselves.
    await eventually(timers, (left) => left <= before.timers);
    // A channel that a forgotten seat still pins would be watched for ever.
    await node.hub.sweep();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    await node.hub.sweep();
    vi.useRealTimers();
    expect(node.hub.rooms).toBe(0);
    expect(roomId).toBeTruthy();
    raw.socket.terminate();
  });
});
