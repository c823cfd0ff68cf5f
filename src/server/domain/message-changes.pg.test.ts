import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { PINS_MAX, REACTIONS_MAX } from "#shared/limits.ts";
import { appoint, as, codeOf, conversation } from "#test/conversation.ts";
import { oldPlusChanges } from "#test/room-mirror.ts";
import { inAWorld } from "#test/world.ts";
import { editsOf, messagesById, pinnedIn } from "./message-reads.ts";

/** What people do to a message after it was said: who may, what it leaves, and that twice is once. */
const world = inAWorld();

/** Somebody who administers the server. */
async function admit(person: { id: string }) {
  await world().pool.query(`update "user" set role = 'admin' where id = $1`, [person.id]);
  return as(person);
}

async function scene() {
  const on = await conversation(world());
  const { id } = await on.say(on.cleo, "one");
  const version = async () => (await world().ledger(on.roomId)).version;
  const read = async (messageId = id) => (await messagesById(on.ana.id, on.roomId, [messageId]))[0];
  /** How many numbers of the room something takes. */
  const taking = async (work: () => Promise<unknown>) => {
    const before = await version();
    await work();
    return (await version()) - before;
  };
  return { ...on, id, read, taking };
}

describe("who may", () => {
  const verbs = {
    edit: (person: ReturnType<typeof as>, id: string) => person.edit(id, "two"),
    delete: (person: ReturnType<typeof as>, id: string) => person.remove(id),
    react: (person: ReturnType<typeof as>, id: string) => person.react(id, "👍"),
    unreact: (person: ReturnType<typeof as>, id: string) => person.react(id, "👍", false),
    pin: (person: ReturnType<typeof as>, id: string) => person.pin(id),
    unpin: (person: ReturnType<typeof as>, id: string) => person.pin(id, false),
  };

  test.each([
    [
      "edit",
      { author: "ok", member: "NOT_ALLOWED", moderator: "NOT_ALLOWED", owner: "NOT_ALLOWED", admin: "NOT_ALLOWED" },
    ],
    ["delete", { author: "ok", member: "NOT_ALLOWED", moderator: "ok", owner: "ok", admin: "ok" }],
    ["react", { author: "ok", member: "ok", moderator: "ok", owner: "ok", admin: "ok" }],
    ["pin", { author: "ok", member: "ok", moderator: "ok", owner: "ok", admin: "ok" }],
  ] as const)("%s cleo's message", async (verb, allowed) => {
    const on = await scene();
    const [member, admin] = [await world().person("member"), await world().person("admin")];
    for (const person of [member, admin]) await world().join(person, on.roomId);
    const people = {
      author: as(on.cleo),
      member: as(member),
      moderator: as(on.ben),
      owner: as(on.ana),
      admin: await admit(admin),
    };
    for (const [who, code] of Object.entries(allowed)) {
      const { id } = await on.say(on.cleo, `for the ${who}`);
      expect(await codeOf(verbs[verb](people[who as keyof typeof people], id)), who).toBe(code);
    }
  });

  test.each(Object.entries(verbs))(
    "%s: a stranger, a removed member and a made-up id hear the same sentence; so does cleo of what was deleted",
    async (verb, work) => {
      const { cleo, dana, robin, id, read } = await scene();
      const before = await read();
      const admin = await admit(dana);
      const refusals = await Promise.allSettled([
        work(as(dana), id),
        work(admin, id),
        work(as(robin), id),
        work(as(cleo), newId()),
      ]);
      expect(await read()).toEqual(before);
      await as(cleo).remove(id);
      if (verb !== "delete") refusals.push(...(await Promise.allSettled([work(as(cleo), id)])));
      const answers = refusals.map((one) => (one.status === "rejected" ? one.reason : null));
      for (const answer of answers) expect(answer).toMatchObject({ code: "NOT_FOUND", message: answers[0].message });
    },
  );

  test.each(Object.entries(verbs))("%s: in an archived room nothing changes", async (_, work) => {
    const { cleo, roomId, id, sql, read } = await scene();
    await sql("update room set archived_at = now() where id = $1", roomId);
    const before = await read();
    expect(await codeOf(work(as(cleo), id))).toBe("ARCHIVED");
    expect(await read()).toEqual(before);
  });

  test("what the room itself says is nobody's own: not to be edited, and deleted by a moderator only", async () => {
    const { ana, cleo, roomId, sql } = await scene();
    const { rows } = await sql(
      "insert into message (room_id, author_id, kind, body) values ($1, $2, 'system', 'joined') returning id",
      roomId,
      cleo.id,
    );
    expect(await codeOf(as(cleo).edit(rows[0].id, "never came"))).toBe("NOT_ALLOWED");
    expect(await codeOf(as(cleo).remove(rows[0].id))).toBe("NOT_ALLOWED");
    expect(await codeOf(as(ana).remove(rows[0].id))).toBe("ok");
  });
});

describe("an edit", () => {
  test("is marked, and keeps what was said before, oldest first", async () => {
    const { ana, cleo, id, read, taking } = await scene();
    const first = await read();
    expect(await taking(() => as(cleo).edit(id, "two"))).toBe(1);
    const second = await read();
    await as(cleo).edit(id, "three");
    expect(await read()).toMatchObject({ body: "three", seq: first?.seq, editedAt: expect.any(String) });
    expect(await editsOf(ana.id, id)).toEqual([
      { body: "one", writtenAt: first?.createdAt },
      { body: "two", writtenAt: second?.editedAt },
    ]);
  });

  test("that says the same takes no number and leaves no mark", async () => {
    const { ana, cleo, id, read, taking } = await scene();
    expect(await taking(() => as(cleo).edit(id, "one"))).toBe(0);
    expect(await read()).toMatchObject({ editedAt: null });
    expect(await editsOf(ana.id, id)).toEqual([]);
  });

  test("may be as long as a message, counted as people count, and no longer", async () => {
    const { cleo, id, read } = await scene();
    expect(await codeOf(as(cleo).edit(id, "😀".repeat(21), 20))).toBe("TOO_LONG");
    expect((await read())?.body).toBe("one");
    expect(await codeOf(as(cleo).edit(id, "😀".repeat(20), 20))).toBe("ok");
  });

  test("to blanks is refused, whatever the schema thought of them", async () => {
    const { cleo, id, read } = await scene();
    expect(await codeOf(as(cleo).edit(id, " \n"))).toBe("INVALID");
    expect((await read())?.body).toBe("one");
  });
});

describe("a deletion", () => {
  test("leaves a tombstone without a word, a reaction or a pin; its edits are gone with it", async () => {
    const { ana, cleo, id, roomId, read } = await scene();
    await as(cleo).edit(id, "two");
    await as(ana).react(id, "👍");
    await as(ana).pin(id);
    await as(cleo).remove(id);
    expect(await read()).toMatchObject({ body: "", reactions: [], pinned: null, deletedAt: expect.any(String) });
    expect(await pinnedIn(ana.id, roomId)).toEqual([]);
    await expect(editsOf(ana.id, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("twice is once", async () => {
    const { ana, cleo, id, read, taking } = await scene();
    expect(await taking(() => as(cleo).remove(id))).toBe(1);
    const first = await read();
    expect(await taking(() => as(ana).remove(id))).toBe(0);
    expect(await read()).toEqual(first);
  });

  test("of a reply takes it off its root's count, in the same commit", async () => {
    const { ana, cleo, id, roomId, say, read, taking } = await scene();
    await say(ana, "so?", { threadRoot: id });
    const reply = await say(cleo, "so.", { threadRoot: id });
    expect((await read())?.thread).toMatchObject({ count: 2 });
    await oldPlusChanges(world(), ana.id, roomId, () => as(cleo).remove(reply.id));
    expect((await read())?.thread).toMatchObject({ count: 1, people: [{ id: ana.id }] });
    expect(await taking(() => as(cleo).remove(reply.id))).toBe(0);
  });
});

describe("reactions", () => {
  test("are shown in the order in which they came, and who gave them; twice is once and takes no number", async () => {
    const { ana, ben, id, read, taking } = await scene();
    expect(await taking(() => as(ana).react(id, "🎉"))).toBe(1);
    expect(await taking(() => as(ana).react(id, "🎉"))).toBe(0);
    await as(ben).react(id, "👍");
    await as(ben).react(id, "🎉");
    expect((await read())?.reactions).toEqual([
      { emoji: "🎉", userIds: [ana.id, ben.id] },
      { emoji: "👍", userIds: [ben.id] },
    ]);
    expect(await taking(() => as(ana).react(id, "🎉", false))).toBe(1);
    expect(await taking(() => as(ana).react(id, "🎉", false))).toBe(0);
    expect(await taking(() => as(ana).react(id, "👍", false)), "ben's is not hers to take back").toBe(0);
    expect((await read())?.reactions).toEqual([
      { emoji: "👍", userIds: [ben.id] },
      { emoji: "🎉", userIds: [ben.id] },
    ]);
  });

  test("are of so many kinds at most; one that is there may still be joined, also when many come at once", async () => {
    const { ana, ben, id, read } = await scene();
    const emoji = (n: number) => String.fromCodePoint(0x1f600 + n);
    for (let n = 0; n < REACTIONS_MAX - 1; n++) await as(ana).react(id, emoji(n));
    const codes = await Promise.all([50, 51, 52].map((n) => codeOf(as(ben).react(id, emoji(n)))));
    expect(codes.sort()).toEqual(["CONFLICT", "CONFLICT", "ok"]);
    expect((await read())?.reactions).toHaveLength(REACTIONS_MAX);
    expect(await codeOf(as(ben).react(id, emoji(0)))).toBe("ok");
    await as(ana).react(id, emoji(1), false);
    expect(await codeOf(as(ben).react(id, emoji(70)))).toBe("ok");
  });
});

describe("pins", () => {
  test("say who and when, the last one first; twice is once", async () => {
    const { ana, ben, cleo, id, roomId, say, taking } = await scene();
    const { id: other } = await say(ana, "two");
    expect(await taking(() => as(ana).pin(id))).toBe(1);
    expect(await taking(() => as(ben).pin(id))).toBe(0);
    await as(cleo).pin(other);
    expect(await pinnedIn(ben.id, roomId)).toMatchObject([
      { id: other, pinned: { by: cleo.id } },
      { id, pinned: { by: ana.id } },
    ]);
    expect(await taking(() => as(cleo).pin(id, false))).toBe(1);
    expect(await taking(() => as(cleo).pin(id, false))).toBe(0);
    expect(await pinnedIn(ben.id, roomId)).toMatchObject([{ id: other }]);
  });

  test("are so many in a room at most, also when two come at once; one taken down makes place", async () => {
    const { ana, ben, id, roomId, say, sql } = await scene();
    const spare = await Promise.all([say(ana, "a"), say(ana, "b")]);
    await Promise.all(Array.from({ length: PINS_MAX - 2 }, (_, n) => say(ana, `line ${n}`)));
    await sql(
      "update message set pinned_at = now(), pinned_by = $2 where room_id = $1 and body like 'line %'",
      roomId,
      ana.id,
    );
    await as(ana).pin(id);
    const codes = await Promise.all([codeOf(as(ana).pin(spare[0].id)), codeOf(as(ben).pin(spare[1].id))]);
    expect(codes.sort()).toEqual(["CONFLICT", "ok"]);
    await as(ana).pin(id, false);
    expect(await codeOf(as(ana).pin(id))).toBe("ok");
  });
});

test("a moderator who steps down while she deletes is judged by what she is when it is her turn", async () => {
  const { ben, id, roomId, read } = await scene();
  await world().onOneConnection(async (tx) => {
    await tx.query("begin");
    await tx.query("select from room where id = $1 for no key update", [roomId]);
    const deleting = codeOf(as(ben).remove(id));
    await tx.query("update member set role = 'member' where room_id = $1 and user_id = $2", [roomId, ben.id]);
    await tx.query("commit");
    expect(await deleting).toBe("NOT_ALLOWED");
  });
  await appoint(world(), roomId, ben, "moderator");
  expect(await codeOf(as(ben).remove(id))).toBe("ok");
  expect((await read())?.body).toBe("");
});
