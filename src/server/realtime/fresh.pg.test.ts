import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { applyAll, batchesAfter, freshRoom, membersBothWays, oldPlusChanges } from "#test/room-mirror.ts";
import { timeFor } from "#test/time-box.ts";
import { inAWorld } from "#test/world.ts";
import { emptyRoom, visibleMessages } from "#ui/rooms/room-state.ts";

/** R12: for every mutation, the old snapshot with the emitted changes, by the real client's reducer, is a fresh read. */
const world = inAWorld();

async function scene() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  const first = await world().write(ana, roomId, "one");
  const sql = (text: string, ...values: unknown[]) => world().pool.query(text, values);
  const send = (body: string, clientId = newId()) => node.sends.send({ roomId, authorId: ana.id, clientId, body });
  return { ana, ben, roomId, node, first, sql, send };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const MUTATIONS: Record<string, (on: Scene) => Promise<unknown>> = {
  "a send": ({ send }) => send("two"),
  "a send that is repeated": async ({ send }) => {
    const clientId = newId();
    await send("two", clientId);
    await send("two", clientId);
  },
  "a line at the SQL console": ({ ana, roomId }) => world().write(ana, roomId, "by hand"),
  "an edit": ({ sql, first }) => sql("update message set body = 'better', edited_at = now() where id = $1", first),
  "fifty edits of one line": async ({ sql, first }) => {
    for (let n = 0; n < 50; n++)
      await sql("update message set body = $2, edited_at = now() where id = $1", first, `${n}`);
  },
  "a deletion": ({ sql, first }) => sql("update message set deleted_at = now() where id = $1", first),
  "somebody who joins": async ({ roomId }) => world().join(await world().person("cleo"), roomId),
  "somebody who leaves": ({ ben, roomId }) => world().remove(ben, roomId),
  "somebody who comes back": async ({ ben, roomId, sql }) => {
    await world().remove(ben, roomId);
    await sql("update member set left_at = null where room_id = $1 and user_id = $2", roomId, ben.id);
  },
  "a new role": ({ ben, roomId, sql }) =>
    sql("update member set role = 'owner' where room_id = $1 and user_id = $2", roomId, ben.id),
  "a new title": ({ roomId, sql }) => sql("update room set title = 'attic', topic = 'tea' where id = $1", roomId),
  "an archived room": ({ roomId, sql }) => sql("update room set archived_at = now() where id = $1", roomId),
  "nothing at all": async () => {},
  "more than a page of them": ({ ana, roomId, sql }) =>
    sql(
      "insert into message (room_id, author_id, body) select $1, $2, 'n' || n from generate_series(1, 40) n",
      roomId,
      ana.id,
    ),
};

describe("what was known, with what changed, is what is read anew", () => {
  test.each(Object.keys(MUTATIONS))("after %s", async (name) => {
    const on = await scene();
    await oldPlusChanges(world(), on.ana.id, on.roomId, () => MUTATIONS[name]?.(on) ?? Promise.reject());
  });

  test("and the change is really in it: an edit is seen, a deletion leaves no word, a title is new", async () => {
    const on = await scene();
    const having = (name: string) =>
      oldPlusChanges(world(), on.ana.id, on.roomId, () => MUTATIONS[name]?.(on) ?? Promise.reject());
    expect(visibleMessages(await having("an edit"))[0]).toMatchObject({ body: "better", editedAt: expect.any(String) });
    expect(visibleMessages(await having("a deletion"))[0]).toMatchObject({ body: "", deletedAt: expect.any(String) });
    expect((await having("a new title")).room).toMatchObject({ title: "attic", topic: "tea" });
  });
});

/** Any of what can happen in a room, on a row that the number picks. */
const step = fc.tuple(
  fc.constantFrom("say", "send", "edit", "delete", "leave", "return", "title", "read"),
  fc.nat(1_000),
);

async function happen(on: Scene, [what, n]: [string, number]): Promise<void> {
  const { sql, roomId, ben } = on;
  const one =
    "(select id from message where room_id = $1 order by seq offset ($2::int % (select greatest(count(*), 1) from message where room_id = $1)) limit 1)";
  if (what === "say") await world().write(on.ana, roomId, `said ${n}`);
  else if (what === "send") await on.send(`sent ${n}`);
  else if (what === "edit")
    await sql(
      `update message set body = 'edited ' || $2::int, edited_at = now() where deleted_at is null and id = ${one}`,
      roomId,
      n,
    );
  else if (what === "delete")
    await sql(`update message set deleted_at = now() where deleted_at is null and id = ${one}`, roomId, n);
  else if (what === "leave")
    await sql(
      "update member set left_at = now() where room_id = $1 and user_id = $2 and left_at is null",
      roomId,
      ben.id,
    );
  else if (what === "return")
    await sql("update member set left_at = null where room_id = $1 and user_id = $2", roomId, ben.id);
  else if (what === "title") await sql("update room set title = $2 where id = $1", roomId, `title ${n}`);
}

test("whatever happens in a room, and wherever the reads fall, in pages of whatever length", async () => {
  const on = await scene();
  const isTime = timeFor(10_000);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (steps, limit) => {
      if (!isTime()) return;
      const roomId = await world().room(on.ana, on.ben);
      const here = {
        ...on,
        roomId,
        send: (body: string) => on.node.sends.send({ roomId, authorId: on.ana.id, clientId: newId(), body }),
      };
      const old = await freshRoom(on.ana.id, roomId);
      let state = old;
      for (const one of steps) {
        if (one[0] === "read") state = applyAll(state, await batchesAfter(world(), state, roomId, limit));
        else await happen(here, one);
      }
      const fresh = await freshRoom(on.ana.id, roomId);
      for (const end of [
        applyAll(state, await batchesAfter(world(), state, roomId, limit)),
        applyAll(old, await batchesAfter(world(), old, roomId, limit)),
      ]) {
        expect({ messages: visibleMessages(end), room: end.room, cursor: end.cursor }).toEqual({
          messages: visibleMessages(fresh),
          room: fresh.room,
          cursor: fresh.cursor,
        });
      }
      const beginning = { ...emptyRoom(), cursor: fresh.cursor?.replace(/\d+$/, "0") ?? null };
      const { known, table } = await membersBothWays(
        world(),
        applyAll(beginning, await batchesAfter(world(), beginning, roomId, limit)),
        roomId,
      );
      expect(known).toEqual(table);
    }),
    { numRuns: 25 },
  );
});
