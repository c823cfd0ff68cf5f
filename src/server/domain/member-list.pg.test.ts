import { expect, test } from "vitest";
import { parseCursor } from "#shared/feed.ts";
import { newId } from "#shared/ids.ts";
import { MembersInput } from "#shared/rooms.ts";
import { fastestMs } from "#test/fastest.ts";
import { inAWorld, type Somebody } from "#test/world.ts";
import { membersOf } from "./member-list.ts";

/** A room's members, as the list of them shows. */
const world = inAWorld();

const list = (who: Somebody, asked: object) => membersOf(who.id, MembersInput.parse(asked));

async function scene() {
  const people = await Promise.all(
    ["ana", "Ben", "cleo", "Édouard", "émile", "zoe", "zoe", "robin"].map(async (name) => {
      const somebody = await world().person("somebody");
      await world().pool.query('update "user" set display_name = $2 where id = $1', [somebody.id, name]);
      return somebody;
    }),
  );
  const roomId = await world().room(...people.toReversed());
  const [ana, ben, cleo, , , zoe] = people as [Somebody, Somebody, Somebody, Somebody, Somebody, Somebody];
  const robin = people.at(-1) as Somebody;
  const is = (who: Somebody, role: string) =>
    world().pool.query("update member set role = $3 where room_id = $1 and user_id = $2", [roomId, who.id, role]);
  await is(zoe, "owner");
  await is(cleo, "moderator");
  await is(ben, "moderator");
  await world().remove(robin, roomId);
  return { ana, robin, roomId };
}

test("are owners, moderators, members, each by name in any case, without who left", async () => {
  const { ana, roomId } = await scene();
  const { members, total, next } = await list(ana, { roomId });
  expect(members.slice(0, 3).map(({ person, role }) => `${person.name} ${role}`)).toEqual([
    "zoe owner",
    "Ben moderator",
    "cleo moderator",
  ]);
  expect(
    members
      .slice(3)
      .map(({ person }) => person.name)
      .sort(),
  ).toEqual(["ana", "zoe", "Édouard", "émile"].sort());
  expect([total, next]).toEqual([7, null]);
  expect(members.every(({ leftAt, joinedAt }) => leftAt === null && joinedAt !== null)).toBe(true);
});

test("come in pages of any size as in one, each once", async () => {
  const { ana, roomId } = await scene();
  const whole = (await list(ana, { roomId })).members;
  for (const limit of [1, 2, 3, 6, 7]) {
    const found = [];
    let after: string | null | undefined;
    do {
      const page = await list(ana, { roomId, limit, ...(after ? { after } : {}) });
      expect(page.total).toBe(7);
      found.push(...page.members);
      after = page.next;
    } while (after);
    expect(found).toEqual(whole);
  }
});

test("of a room with the longest names that there are come in pages, too", async () => {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  await world().pool.query(`update "user" set display_name = $2 where id = any($1::uuid[])`, [
    [ana.id, ben.id],
    "🦊".repeat(64),
  ]);
  const first = await list(ana, { roomId, limit: 1 });
  expect((await list(ana, { roomId, limit: 1, after: first.next })).members).toHaveLength(1);
});

test("come with the room's number at that very reading", async () => {
  const { ana, roomId } = await scene();
  const { version } = await world().ledger(roomId);
  expect(parseCursor((await list(ana, { roomId })).cursor).version).toBe(version);
});

test("of a room that is not there, of one that is not hers and of one that she left are the same to dana: none", async () => {
  const { robin, roomId } = await scene();
  const dana = await world().person("dana");
  const answers = await Promise.all(
    [list(dana, { roomId }), list(robin, { roomId }), list(dana, { roomId: newId() })].map((work) =>
      work.catch(({ code, message }) => `${code} ${message}`),
    ),
  );
  expect(new Set(answers)).toEqual(new Set(["NOT_FOUND There is no such room, or you are not in it."]));
});

test("from a place that nobody gave are refused in words", async () => {
  const { ana, roomId } = await scene();
  const made = (place: unknown) => Buffer.from(JSON.stringify(place)).toString("base64url");
  for (const after of ["x", "", made(["king", "a", newId()]), made(["owner", "\u0000", newId()]), made({ length: 3 })])
    await expect(list(ana, { roomId, after })).rejects.toMatchObject({ code: "INVALID" });
  expect((await list(ana, { roomId, after: made(["member", "", newId()]) })).members).toHaveLength(4);
});

test("are counted once, not once for each that is shown: two hundred rows cost about what ten do", async () => {
  const ana = await world().person("ana");
  const roomId = await world().room(ana);
  await world().pool.query("update room set version = version + 20000 where id = $1", [roomId]);
  await world().pool.query(
    `with many as (insert into "user" (username, display_name) select 'many' || n, 'Someone ' || n from generate_series(1, 10000) n returning id)
     insert into member (room_id, user_id, version) select $1, id, 100 + row_number() over () from many`,
    [roomId],
  );
  await world().pool.query("analyze");
  expect(await list(ana, { roomId, limit: 200 })).toMatchObject({ total: 10_001 });
  const ten = await fastestMs(() => list(ana, { roomId, limit: 10 }));
  const twoHundred = await fastestMs(() => list(ana, { roomId, limit: 200 }));
  expect(twoHundred / ten).toBeLessThan(5);
});
