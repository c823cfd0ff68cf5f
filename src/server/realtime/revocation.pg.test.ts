import { describe, expect, test, vi } from "vitest";
import { cursorOf } from "#shared/feed.ts";
import { applied, follow, say } from "#test/follow.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** R9 for members: whoever is removed gets what is below the removal and nothing above, on all four paths. */
const world = inAWorld();

async function scene() {
  const [ana, robin] = [await world().person("ana"), await world().person("robin")];
  const roomId = await world().room(ana, robin);
  const node = await world().node();
  const stage = await world().serve(node);
  const seats = (count: number) =>
    eventually(
      () => node.hub.seats,
      (found) => found === count,
    );
  return { ana, robin, roomId, node, stage, seats, of: { ana: stage.client(ana), robin: stage.client(robin) } };
}

/** Removes robin between two messages, in one breath. */
async function removeBetween({
  ana,
  robin,
  roomId,
}: Pick<Awaited<ReturnType<typeof scene>>, "ana" | "robin" | "roomId">) {
  return world().onOneConnection(async (client) => {
    await client.query("begin");
    await world().write(ana, roomId, "below", client);
    const { rows } = await client.query(
      "update member set left_at = now() where room_id = $1 and user_id = $2 returning version",
      [roomId, robin.id],
    );
    await world().write(ana, roomId, "above", client);
    await client.query("commit");
    return rows[0].version as number;
  });
}

/** Holds the answers of a named statement until it is let go. */
function hold(name: string, occasions = 1) {
  const original = world().pool.query.bind(world().pool) as (...args: unknown[]) => Promise<unknown>;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let reached = 0;
  vi.spyOn(world().pool, "query").mockImplementation((async (...args: unknown[]) => {
    const answer = await original(...args);
    if ((args[0] as { name?: string }).name === name && reached < occasions) {
      reached++;
      await held;
    }
    return answer;
  }) as never);
  return { letGo, isReached: () => reached > 0 };
}

describe("a removed member", () => {
  test("stops receiving, even on a socket opened before; what was said before the removal still comes", async () => {
    const { seats, of, ...on } = await scene();
    const [robins, anas] = [follow(of.robin, on.roomId), follow(of.ana, on.roomId)];
    await seats(2);
    const version = await removeBetween(on);
    await eventually(robins.reasons, (reasons) => reasons.length > 0);
    await eventually(anas.bodies, (bodies) => bodies.length === 2);
    expect(robins.errors).toEqual([{ reason: "REMOVED", message: "You are no longer in this room." }]);
    expect(robins.bodies()).toEqual(["below"]);
    expect(robins.batches.at(-1)?.to).toBe(version - 1);
    await say(of.ana, on.roomId, "later");
    await eventually(anas.bodies, (bodies) => bodies.includes("later"));
    expect(robins.bodies()).toEqual(["below"]);
    expect(on.node.hub.seats).toBe(1);
  });

  test("may not come back, read or write, and the socket serves the rooms that are left", async () => {
    const { of, ...on } = await scene();
    const other = await world().room(on.robin);
    await say(of.robin, on.roomId, "hello");
    const cursor = cursorOf(on.node.hub.epoch, 1);
    await removeBetween(on);
    for (const from of [cursor, undefined]) {
      const again = follow(of.robin, on.roomId, from);
      await eventually(again.reasons, (reasons) => reasons.length > 0);
      expect([again.reasons(), again.batches]).toEqual([["NOT_FOUND"], []]);
    }
    const refused = { data: { reason: "NOT_FOUND" } };
    await expect(say(of.robin, on.roomId, "let me in")).rejects.toMatchObject(refused);
    await expect(of.robin.api.message.page.query({ roomId: on.roomId })).rejects.toMatchObject(refused);
    await expect(of.robin.api.room.get.query({ roomId: on.roomId })).rejects.toMatchObject(refused);
    expect(await of.robin.api.room.list.query()).toMatchObject([{ id: other }]);
    await say(of.robin, other, "still here");
  });

  test("who is just being seated is cut at the removal as well: the hub knew before the seat was taken", async () => {
    const { seats, of, ...on } = await scene();
    const anas = follow(of.ana, on.roomId);
    await seats(1);
    const { version } = await world().ledger(on.roomId);
    const door = hold("standings");
    const robins = follow(of.robin, on.roomId, cursorOf(on.node.hub.epoch, version));
    await eventually(door.isReached, Boolean);
    const cut = await removeBetween(on);
    await eventually(anas.bodies, (bodies) => bodies.length === 2);
    door.letGo();
    await eventually(robins.reasons, (reasons) => reasons.length > 0);
    expect(robins.reasons()).toEqual(["REMOVED"]);
    expect(robins.bodies()).toEqual(["below"]);
    expect(robins.batches.at(-1)?.to).toBe(cut - 1);
    await seats(1);
  });

  test("who is catching up by pages is cut there, too", async () => {
    const { seats, of, ...on } = await scene();
    const { version } = await world().ledger(on.roomId);
    for (let n = 0; n < 3; n++) await world().write(on.ana, on.roomId, `old ${n}`);
    // Proved at the door, with an answer that says "up to date": then the pages begin, and find the removal.
    const door = hold("standings");
    const robins = follow(of.robin, on.roomId, cursorOf(on.node.hub.epoch, version));
    await eventually(door.isReached, Boolean);
    const cut = await removeBetween(on);
    door.letGo();
    await eventually(robins.reasons, (reasons) => reasons.length > 0);
    expect(robins.reasons()).toEqual(["REMOVED"]);
    expect(robins.bodies()).toEqual(["old 0", "old 1", "old 2", "below"]);
    expect(applied(robins.batches.slice(1)).at).toBeLessThan(cut);
    await seats(0);
  });

  test("is removed on a second node as on the first", async () => {
    const { seats, of, ...on } = await scene();
    const second = await world().node();
    const stage = await world().serve(second);
    const robins = follow(stage.client(on.robin), on.roomId);
    const anas = follow(stage.client(on.ana), on.roomId);
    await eventually(
      () => second.hub.seats,
      (count) => count === 2,
    );
    await removeBetween(on);
    await eventually(anas.bodies, (bodies) => bodies.length === 2);
    await eventually(robins.reasons, (reasons) => reasons.length > 0);
    expect([robins.reasons(), robins.bodies()]).toEqual([["REMOVED"], ["below"]]);
  });

  test("in a burst is cut at the very number, whoever else talks: twenty times over", async () => {
    const { of, ...on } = await scene();
    for (let round = 0; round < 20; round++) {
      const roomId = await world().room(on.ana, on.robin);
      const raw = await RawSocket.open(on.stage, on.robin);
      raw.ask(1, "subscription", "room.feed", { roomId });
      await eventually(
        () => raw.of(1).length,
        (count) => count >= 3,
      );
      const [, cut] = await Promise.all([
        Promise.all(Array.from({ length: 12 }, (_, n) => world().write(on.ana, roomId, `${n}`))),
        world().remove(on.robin, roomId),
      ]);
      await eventually(() => raw.of(1).find(({ error }) => error), Boolean);
      const { rows } = await world().pool.query(
        "select body from message where room_id = $1 and version < $2 order by seq",
        [roomId, cut],
      );
      expect(raw.bodies(1)).toEqual(rows.map(({ body }) => body));
      raw.socket.terminate();
    }
  });

  test("who is taken in again may follow again, and has what was said meanwhile", async () => {
    const { seats, of, ...on } = await scene();
    const before = follow(of.robin, on.roomId);
    await seats(1);
    await removeBetween(on);
    await eventually(before.reasons, (reasons) => reasons.length > 0);
    await world().pool.query(
      "update member set left_at = null, joined_at = now() where room_id = $1 and user_id = $2",
      [on.roomId, on.robin.id],
    );
    const again = follow(of.robin, on.roomId, before.batches.at(-1)?.cursor);
    await eventually(again.bodies, (bodies) => bodies.length === 1);
    expect(again.bodies()).toEqual(["above"]);
    await seats(1);
  });
});
