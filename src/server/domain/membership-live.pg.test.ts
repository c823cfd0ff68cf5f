import { describe, expect, test } from "vitest";
import type { MeEvent, Room } from "#shared/rooms.ts";
import { type Client, follow, say } from "#test/follow.ts";
import { as } from "#test/membership.ts";
import { eventually, inAWorld } from "#test/world.ts";
import { addMembers, leaveRoom, removeMember } from "./members.ts";
import { setArchived, updateRoom } from "./room-settings.ts";

/** R9 for the verbs: what ana does on one node reaches what robin has open on another, the feeds of the room within a second. */
const world = inAWorld();
const PROMPTLY_MS = 1_000;

/** Everything that one device of somebody has open: the room, what fades in it, and their own feed. */
function screens({ api }: Client, roomId: string) {
  const rooms: string[][] = [];
  const settings: Room[] = [];
  const activity: string[] = [];
  const me = api.me.feed.subscribe(undefined, {
    onData: (event: MeEvent) => {
      if (event.type === "room") settings.push(event.room);
      if (event.type === "rooms") rooms.push(event.rooms.map(({ id }) => id));
    },
  });
  const fading = api.room.activity.subscribe(
    { roomId },
    { onData: () => activity.push("open"), onError: (error) => activity.push(error.data?.reason ?? "transport") },
  );
  return { ...follow({ api }, roomId), rooms, settings, activity, subscriptions: [me, fading] };
}

async function scene() {
  const [ana, robin] = [await world().person("ana"), await world().person("robin")];
  const roomId = await world().room(ana, robin);
  await world().pool.query("update member set role = 'owner' where room_id = $1 and user_id = $2", [roomId, ana.id]);
  const [one, two] = [await world().serve(await world().node()), await world().serve(await world().node())];
  const of = { ana: one.client(ana), robin: two.client(robin) };
  const [anas, robins] = [screens(of.ana, roomId), screens(of.robin, roomId)];
  for (const { batches, activity, rooms } of [anas, robins])
    await eventually(
      () => [batches.length, activity.length, rooms.length],
      (counts) => counts.every((count) => count > 0),
    );
  return { ana, robin, roomId, of, anas, robins };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** Robin's screens of the room end, the list forgets it, and nothing that is said after reaches either. */
async function expectGone({ roomId, of, anas, robins }: Scene, word: string, since: number) {
  await eventually(robins.reasons, (reasons) => reasons.length > 0, PROMPTLY_MS);
  await eventually(
    () => robins.activity,
    (seen) => seen.includes("REMOVED"),
    PROMPTLY_MS,
  );
  expect(performance.now() - since).toBeLessThan(PROMPTLY_MS);
  await eventually(
    () => robins.rooms.at(-1),
    (ids) => !ids?.includes(roomId),
  );
  await say(of.ana, roomId, "later");
  await eventually(anas.bodies, (bodies) => bodies.includes("later"));
  expect(anas.bodies()).toEqual(["before", word, "later"]);
  expect([robins.bodies(), robins.reasons()]).toEqual([["before"], ["REMOVED"]]);
  expect(anas.rooms.at(-1)).toContain(roomId);
  const again = follow(of.robin, roomId);
  await eventually(again.reasons, (reasons) => reasons.length > 0);
  expect(again.reasons()).toEqual(["NOT_FOUND"]);
}

async function saidBefore({ of, roomId, robins }: Scene) {
  await say(of.ana, roomId, "before");
  await eventually(robins.bodies, (bodies) => bodies.includes("before"));
  return performance.now();
}

describe("on another node", () => {
  test("a removal closes what robin has open of the room, and the word of it is not for them", async () => {
    const on = await scene();
    const since = await saidBefore(on);
    await removeMember(as(on.ana), on.roomId, on.robin.id);
    await expectGone(on, "removed robin", since);
  });

  test("leaving on one device closes the room on the other", async () => {
    const on = await scene();
    const since = await saidBefore(on);
    await leaveRoom(as(on.robin), on.roomId);
    await expectGone(on, "left", since);
  });

  test("archiving and a new name reach the open room and the list, and sends are refused from then on", async () => {
    const { ana, roomId, of, robins } = await scene();
    await updateRoom(as(ana), { roomId, title: `attic-${roomId.slice(-8)}` });
    await setArchived(as(ana), roomId, true);
    await eventually(
      () => robins.settings.at(-1),
      (room) => room !== undefined && room.archivedAt !== null,
    );
    await eventually(robins.bodies, (bodies) => bodies.at(-1) === "archived the room", PROMPTLY_MS);
    const shown = robins.changes().flatMap((change) => (change.type === "room" ? [change.room] : []));
    expect(shown.at(-1)).toMatchObject({ title: `attic-${roomId.slice(-8)}`, archivedAt: expect.any(String) });
    await expect(say(of.robin, roomId, "too late")).rejects.toMatchObject({ data: { reason: "ARCHIVED" } });
    await setArchived(as(ana), roomId, false);
    await say(of.robin, roomId, "in time");
  });

  test("being taken in again brings the room back into the list, and opens it", async () => {
    const { ana, robin, roomId, of, robins } = await scene();
    await world().room(ana, robin);
    await removeMember(as(ana), roomId, robin.id);
    await eventually(
      () => robins.rooms.at(-1),
      (ids) => !ids?.includes(roomId),
    );
    await addMembers(as(ana), roomId, [robin.id]);
    await eventually(
      () => robins.rooms.at(-1),
      (ids) => ids?.includes(roomId) === true,
    );
    const again = follow(of.robin, roomId);
    await eventually(again.bodies, (bodies) => bodies.at(-1) === "added robin");
  });
});
