import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { follow } from "#test/follow.ts";
import { followMe } from "#test/me.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** Whoever reaches the database may NOTIFY: a console, an older or a newer node. A bell that lies costs a look and no more. */
const world = inAWorld();

async function scene() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  const client = (await world().serve(node)).client(ben);
  const [room, me] = [follow(client, roomId), followMe(client)];
  await eventually(() => node.hub.seats === 1 && me.isWelcome(), Boolean);
  const ring = (payload: string) => world().pool.query("select pg_notify('earshot', $1)", [payload]);
  /** Ana says something, and ben has it: in the room, and among what is unread. */
  const arrives = async (body: string) => {
    const before = me.room(roomId)?.unread ?? 0;
    await world().write(ana, roomId, body);
    await eventually(room.bodies, (bodies) => bodies.at(-1) === body);
    await eventually(
      () => me.room(roomId)?.unread ?? 0,
      (unread) => unread === Math.min(before + 1, 100),
    );
  };
  return { ana, ben, roomId, node, room, me, ring, arrives };
}

describe("a bell that lies", () => {
  test.each([16, 19, 30, 400])(
    "about a number of %i digits stops nobody's feeds: a read that asked Postgres for it would fail for ever",
    async (digits) => {
      const { roomId, room, me, ring, arrives } = await scene();
      const number = "9".repeat(digits);
      await arrives("before");
      await ring(`r${roomId}:1-${number}`);
      await ring(`r${roomId}:${number}-${number}`);
      await arrives("after");
      expect([room.errors, me.errors]).toEqual([[], []]);
    },
  );

  test("in any words at all leaves the node live, and what is said is heard", async () => {
    const { roomId, ben, node, room, me, ring, arrives } = await scene();
    const ids = fc.constantFrom(roomId, ben.id, ben.sessionId.toUpperCase(), newId());
    const number = fc.oneof(fc.nat().map(String), fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String));
    const letter = fc.constantFrom(..."rtupofwdyhxz");
    const word = fc.oneof(
      fc.tuple(letter, ids, number, number).map(([tag, id, from, to]) => `${tag}${id}:${from}-${to}`),
      fc.tuple(letter, ids, ids).map(([tag, id, other]) => `${tag}${id}:${other}`),
      fc.tuple(fc.constantFrom(..."tupofh"), ids, number).map(([tag, id, beat]) => `${tag}${id}${beat}`),
      // A text of Postgres holds no NUL and no half of a character.
      fc.string({ unit: "grapheme", maxLength: 300 }).map((text) => text.replaceAll("\u0000", "")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 10 }), async (words) => {
        await ring(words.join(",").slice(0, 1_500));
      }),
      { numRuns: 40 },
    );
    await arrives("after all of it");
    expect(node.listener.state).toBe("live");
    expect([room.errors, me.errors]).toEqual([[], []]);
  });
});
