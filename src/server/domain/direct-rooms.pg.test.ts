import { expect, test } from "vitest";
import { as } from "#test/membership.ts";
import { inAWorld, type Somebody } from "#test/world.ts";
import { directRoom } from "./direct-rooms.ts";

/** One direct room per pair, whoever starts it and however often. */
const world = inAWorld();

async function pair() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  await world().room(ana, ben);
  return { ana, ben };
}

async function directRoomsOf(who: Somebody) {
  const { rows } = await world().pool.query(
    `select room.id, room.visibility, room.direct_key, count(*) as members, bool_and(all_of.role = 'member') as are_equal
     from room join member mine on mine.room_id = room.id and mine.user_id = $1 join member all_of on all_of.room_id = room.id
     where room.kind = 'direct' group by room.id`,
    [who.id],
  );
  return rows;
}

test("ana's with ben is ben's with ana, has both, and neither owns it", async () => {
  const { ana, ben } = await pair();
  const room = await directRoom(as(ana), ben.id);
  expect(room).toMatchObject({ kind: "direct", visibility: "private", title: "", slug: null });
  expect(room.people?.map(({ id }) => id)).toEqual([ana.id, ben.id].sort());
  expect(await directRoom(as(ben), ana.id)).toEqual(room);
  expect(await directRoomsOf(ana)).toEqual([
    {
      id: room.id,
      visibility: "private",
      direct_key: [ana.id, ben.id].sort().join("__"),
      members: 2,
      are_equal: true,
    },
  ]);
});

test("ana's with herself is hers alone", async () => {
  const { ana } = await pair();
  const room = await directRoom(as(ana), ana.id);
  expect(room.people?.map(({ id }) => id)).toEqual([ana.id]);
  expect(await directRoom(as(ana), ana.id)).toEqual(room);
  expect(await directRoomsOf(ana)).toMatchObject([{ direct_key: `${ana.id}__${ana.id}`, members: 1 }]);
});

test("started by both at the same instant, and many times over, is one room: twenty-five times", async () => {
  for (let round = 0; round < 25; round++) {
    const { ana, ben } = await pair();
    const rooms = await Promise.all(
      [ana, ben, ana, ben, ana, ben].map((who) => directRoom(as(who), (who === ana ? ben : ana).id)),
    );
    expect(new Set(rooms.map(({ id }) => id)).size).toBe(1);
    expect(await directRoomsOf(ana)).toMatchObject([{ members: 2 }]);
    expect(await directRoomsOf(ben)).toMatchObject([{ members: 2 }]);
  }
});

test("with somebody whom ana shares no room with, who is not there or who is deactivated there is none, all alike", async () => {
  const { ana, ben } = await pair();
  const [dana, gone] = [await world().person("dana"), await world().person("gone")];
  const shared = await world().room(ana, gone);
  await world().pool.query('update "user" set deactivated_at = now() where id = $1', [gone.id]);
  const answers = await Promise.all(
    [dana.id, gone.id, shared].map((id) => directRoom(as(ana), id).catch(({ code, message }) => ({ code, message }))),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify({ code: "NOT_FOUND", message: "There is no such person." })]),
  );
  expect(await directRoom(as(ana), ben.id)).toMatchObject({ kind: "direct" });
});

test("is in both lists when it is made, and is taken up again when both have left the room that they met in", async () => {
  const { ana, ben } = await pair();
  const room = await directRoom(as(ana), ben.id);
  await world().pool.query(
    "update member set left_at = now() where user_id in ($1, $2) and room_id <> $3 and left_at is null",
    [ana.id, ben.id, room.id],
  );
  expect(await directRoom(as(ben), ana.id)).toEqual(room);
});
