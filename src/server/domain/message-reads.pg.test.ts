import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { as, codeOf, conversation } from "#test/conversation.ts";
import { inAWorld } from "#test/world.ts";
import { leaveRoom } from "./members.ts";
import { editsOf, messagesById, pinnedIn, receiptsOf } from "./message-reads.ts";
import { markUnread } from "./receipts.ts";
import { roomsOf } from "./rooms.ts";
import { savedBy, saveMessage } from "./saved.ts";
import { followThread, readThread } from "./threads.ts";

/** What people ask about messages, and the marks and bookmarks that are theirs alone. */
const world = inAWorld();

async function scene() {
  const on = await conversation(world());
  const one = await on.say(on.ana, "one");
  const two = await on.say(on.ana, "two");
  const advance = (person: { id: string }, read: number, delivered: number) =>
    on.sql(
      "select receipt_advance(array[$1::uuid], array[$2::uuid], array[$3::bigint], array[$4::bigint])",
      on.roomId,
      person.id,
      read,
      delivered,
    );
  return { ...on, one, two, advance };
}

const ids = (receipts: { userId: string }[]) => receipts.map(({ userId }) => userId);

describe("who has seen a message", () => {
  test("are members with their marks at or above it, but not its author, and nobody who left", async () => {
    const { ana, ben, cleo, roomId, one, two, advance } = await scene();
    expect(await receiptsOf(ana.id, two.id)).toEqual({ read: [], delivered: [], others: 2 });
    await advance(ben, one.seq, two.seq);
    await advance(ana, two.seq, two.seq);
    const first = await receiptsOf(cleo.id, one.id);
    expect([ids(first.read), ids(first.delivered), first.others]).toEqual([[ben.id], [], 1]);
    expect(first.read[0]).toMatchObject({ lastReadSeq: one.seq, readAt: expect.any(String) });
    const second = await receiptsOf(ana.id, two.id);
    expect([ids(second.read), ids(second.delivered), second.others]).toEqual([[], [ben.id], 1]);
    await world().remove(ben, roomId);
    expect(await receiptsOf(ana.id, one.id)).toEqual({ read: [], delivered: [], others: 1 });
  });

  test("are not those who came later: they neither saw it nor are waited for, whatever they read since", async () => {
    const { ana, ben, cleo, roomId, one, say, advance, sql } = await scene();
    await leaveRoom({ userId: cleo.id }, roomId);
    const away = await say(ana, "cleo is away");
    await sql("update member set left_at = null where room_id = $1 and user_id = $2", roomId, cleo.id);
    const later = await say(ana, "cleo is here");
    for (const message of [one, away]) {
      const told = await receiptsOf(ana.id, message.id);
      expect([ids(told.read), ids(told.delivered), told.others]).toEqual([[], [], 1]);
    }
    await advance(cleo, later.seq, later.seq);
    await advance(ben, later.seq, later.seq);
    const told = await Promise.all([away, later].map(({ id }) => receiptsOf(ana.id, id)));
    expect(told.map(({ read }) => ids(read).sort())).toEqual([[ben.id], [ben.id, cleo.id].sort()]);
  });

  test("in a thread are not those who follow it from a later reply on, by being named or by their choice", async () => {
    const { ana, ben, cleo, one, say } = await scene();
    const early = await say(ana, "early", { threadRoot: one.id });
    await followThread(cleo.id, one.id, true);
    await say(ana, `@${ben.username}`, { threadRoot: one.id });
    const late = await say(ana, "late", { threadRoot: one.id });
    for (const person of [ben, cleo]) await readThread(person.id, one.id, late.seq);
    const told = () => Promise.all([early, late].map(({ id }) => receiptsOf(ana.id, id)));
    expect((await told()).map(({ read }) => ids(read).sort())).toEqual([[], [ben.id, cleo.id].sort()]);
    await followThread(cleo.id, one.id, false);
    expect(
      (await told()).map(({ read }) => ids(read).sort()),
      "who follows no longer has read it",
    ).toEqual([[], [ben.id, cleo.id].sort()]);
  });

  test("in a thread are not those who answer it for the first time: it is what they saw that counts", async () => {
    const { ana, ben, one, say } = await scene();
    const early = await say(ana, "early", { threadRoot: one.id });
    await say(ben, "so", { threadRoot: one.id });
    expect((await receiptsOf(ana.id, early.id)).read).toEqual([]);
  });

  test("of a reply are those who have read the thread so far, not the room", async () => {
    const { ana, ben, cleo, one, say, advance } = await scene();
    const reply = await say(ben, "so", { threadRoot: one.id });
    await advance(cleo, reply.seq, reply.seq);
    await readThread(ana.id, one.id, reply.seq);
    const seen = await receiptsOf(ben.id, reply.id);
    expect([ids(seen.read), ids(seen.delivered), seen.others]).toEqual([[ana.id], [cleo.id], 0]);
  });
});

describe("marking unread", () => {
  test("puts my mark just below a message, never forward, and what was delivered stays delivered, what was seen seen", async () => {
    const { ben, roomId, one, two, say, ana, advance, sql } = await scene();
    const three = await say(ana, "three");
    const unread = async () => (await roomsOf(ben.id)).find(({ id }) => id === roomId)?.unread;
    const marks = async () =>
      (await sql("select * from receipt where room_id = $1 and user_id = $2", roomId, ben.id)).rows[0];
    await advance(ben, two.seq, three.seq);
    expect(await unread()).toBe(1);
    await markUnread(ben.id, roomId, one.seq);
    expect(await unread()).toBe(3);
    expect(await marks()).toMatchObject({ last_read_seq: one.seq - 1, last_delivered_seq: three.seq });
    await markUnread(ben.id, roomId, three.seq);
    expect(await unread(), "what lies between was not seen").toBe(3);
    const readAt = async () => (await receiptsOf(ana.id, one.id)).read[0]?.readAt;
    const at = await readAt();
    await advance(ben, one.seq, three.seq);
    expect(await readAt(), "from when it was first read").toBe(at);
    const seen = async ({ id }: { id: string }) => ids((await receiptsOf(ana.id, id)).read).includes(ben.id);
    expect([await seen(one), await seen(two), await seen(three)], "the author is told what happened").toEqual([
      true,
      true,
      false,
    ]);
  });

  test("is for members: a stranger and a removed member find no such room", async () => {
    const { ben, dana, robin, roomId, one } = await scene();
    expect(await codeOf(markUnread(dana.id, roomId, one.seq))).toBe("NOT_FOUND");
    expect(await codeOf(markUnread(robin.id, roomId, one.seq))).toBe("NOT_FOUND");
    expect(await codeOf(markUnread(ben.id, newId(), one.seq))).toBe("NOT_FOUND");
    expect(await codeOf(markUnread(ben.id, roomId, one.seq))).toBe("ok");
  });
});

describe("saved messages", () => {
  test("are mine, the last one first, with the room's title; twice is once", async () => {
    const { ana, ben, one, two } = await scene();
    await saveMessage(ben.id, two.id, true);
    await saveMessage(ben.id, one.id, true);
    await saveMessage(ben.id, two.id, true);
    const saved = async () => (await savedBy(ben.id)).map(({ message, roomTitle }) => [message.id, roomTitle]);
    expect(await saved()).toEqual([
      [one.id, "kitchen"],
      [two.id, "kitchen"],
    ]);
    expect(await savedBy(ana.id)).toEqual([]);
    await saveMessage(ben.id, one.id, false);
    await saveMessage(ben.id, one.id, false);
    expect(await saved()).toEqual([[two.id, "kitchen"]]);
  });

  test("that I may no longer see are left out: deleted ones, and those of a room that I left; I may still drop them", async () => {
    const { ana, ben, roomId, one, two, sql } = await scene();
    for (const { id } of [one, two]) await saveMessage(ben.id, id, true);
    await as(ana).remove(one.id);
    expect((await savedBy(ben.id)).map(({ message }) => message.id)).toEqual([two.id]);
    await world().remove(ben, roomId);
    expect(await savedBy(ben.id)).toEqual([]);
    expect(await codeOf(saveMessage(ben.id, two.id, false))).toBe("ok");
    expect(await codeOf(saveMessage(ben.id, two.id, false))).toBe("NOT_FOUND");
    expect((await sql("select * from saved where user_id = $1", ben.id)).rowCount).toBe(1);
  });

  test("of a direct room are under the other's name, and of my notes under mine", async () => {
    const { ana, ben, say } = await scene();
    for (const [people, name] of [
      [[ana, ben], "ben"],
      [[ana], "ana"],
    ] as const) {
      const roomId = newId();
      const key = people
        .map(({ id }) => id)
        .sort()
        .join("__");
      await world().pool.query("insert into room (id, kind, direct_key) values ($1, 'direct', $2)", [roomId, key]);
      for (const person of people) await world().join(person, roomId);
      const { id } = await say(ana, "psst", { roomId });
      await saveMessage(ana.id, id, true);
      expect((await savedBy(ana.id))[0]).toMatchObject({ roomId, roomTitle: name, message: { id } });
    }
  });
});

test("nothing of a message is told to a stranger, a removed member, or of a made-up id; a member is told", async () => {
  const { ana, cleo, dana, robin, roomId, one } = await scene();
  const asks = {
    edits: (userId: string, id: string) => editsOf(userId, id),
    receipts: (userId: string, id: string) => receiptsOf(userId, id),
    save: (userId: string, id: string) => saveMessage(userId, id, true),
    unsave: (userId: string, id: string) => saveMessage(userId, id, false),
  };
  for (const [name, ask] of Object.entries(asks)) {
    for (const [userId, id] of [
      [dana.id, one.id],
      [robin.id, one.id],
      [cleo.id, newId()],
    ] as const)
      expect(await codeOf(ask(userId, id)), name).toBe("NOT_FOUND");
    expect(await codeOf(ask(cleo.id, one.id)), name).toBe("ok");
  }
  await as(ana).remove(one.id);
  for (const [name, ask] of Object.entries(asks))
    if (name !== "unsave") expect(await codeOf(ask(cleo.id, one.id)), name).toBe("NOT_FOUND");
  for (const userId of [dana.id, robin.id]) {
    expect(await codeOf(messagesById(userId, roomId, [one.id]))).toBe("NOT_FOUND");
    expect(await codeOf(pinnedIn(userId, roomId))).toBe("NOT_FOUND");
  }
});

test("messages by id are those of the room alone, oldest first, replies among them", async () => {
  const { ana, roomId, one, two, say } = await scene();
  const reply = await say(ana, "so", { threadRoot: one.id });
  const other = await world().room(ana);
  const elsewhere = await say(ana, "elsewhere", { roomId: other });
  const found = await messagesById(ana.id, roomId, [reply.id, elsewhere.id, newId(), two.id]);
  expect(found.map(({ id }) => id)).toEqual([two.id, reply.id]);
  expect(await messagesById(ana.id, roomId, [elsewhere.id])).toEqual([]);
});
