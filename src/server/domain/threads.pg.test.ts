import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import type { SentMessage } from "#shared/messages.ts";
import { as, codeOf, conversation } from "#test/conversation.ts";
import { inAWorld } from "#test/world.ts";
import { followedThreads, followThread, readThread, threadPage } from "./threads.ts";

/** Threads: their pages, who follows them, and what is unread in them. */
const world = inAWorld();

/** Ana asks, Ben answers three times. */
async function aThread() {
  const on = await conversation(world());
  const root = await on.say(on.ana, "shall we?");
  const replies: SentMessage[] = [];
  for (const body of ["a", "b", "c"]) replies.push(await on.say(on.ben, body, { threadRoot: root.id }));
  const reply = (n: number) => replies[n] as SentMessage;
  const page = (userId: string, more = {}) => threadPage(userId, { rootId: root.id, limit: 50, ...more });
  const unread = async (person: { id: string }) => (await followedThreads(person.id)).map((thread) => thread.unread);
  return { ...on, root, reply, page, unread };
}

describe("a page of a thread", () => {
  test("holds its replies and its root, exact at both ends, and how far I have read", async () => {
    const { ana, ben, cleo, root, reply, page } = await aThread();
    const whole = await page(ana.id);
    expect(whole.messages.map(({ body }) => body)).toEqual(["a", "b", "c"]);
    expect(whole).toMatchObject({
      root: { id: root.id, thread: { count: 3 } },
      hasOlder: false,
      hasNewer: false,
      isFollowing: true,
      lastReadSeq: 0,
    });
    expect(await page(ben.id)).toMatchObject({ isFollowing: true, lastReadSeq: reply(0).seq });
    expect(await page(cleo.id)).toMatchObject({ isFollowing: false, lastReadSeq: 0 });
    expect(await page(ana.id, { limit: 2 })).toMatchObject({ hasOlder: true, hasNewer: false });
    const older = await page(ana.id, { limit: 2, before: reply(1).seq });
    expect(older.messages.map(({ body }) => body)).toEqual(["a"]);
    expect(older).toMatchObject({ hasOlder: false, hasNewer: true });
  });

  test("is there for a root that nobody answered, and for one that was deleted", async () => {
    const { ana, root, page, say } = await aThread();
    const lonely = await say(ana, "anybody?");
    expect(await threadPage(ana.id, { rootId: lonely.id, limit: 50 })).toMatchObject({ messages: [], hasOlder: false });
    await as(ana).remove(root.id);
    expect(await page(ana.id)).toMatchObject({ root: { body: "" }, messages: [{ body: "a" }, {}, {}] });
  });

  test("does not exist for strangers, nor under a reply, nor under what was made up: for no verb", async () => {
    const { ana, dana, robin, root, reply } = await aThread();
    for (const [userId, rootId, code] of [
      [dana.id, root.id, "NOT_FOUND"],
      [robin.id, root.id, "NOT_FOUND"],
      [ana.id, reply(0).id, "NOT_FOUND"],
      [ana.id, newId(), "NOT_FOUND"],
      [ana.id, root.id, "ok"],
    ] as const) {
      expect(await codeOf(threadPage(userId, { rootId, limit: 50 }))).toBe(code);
      expect(await codeOf(followThread(userId, rootId, true))).toBe(code);
      expect(await codeOf(readThread(userId, rootId, 1))).toBe(code);
    }
  });
});

describe("following a thread", () => {
  test("comes with asking and with answering; unread is what others said above my mark", async () => {
    const { ana, ben, cleo, root, reply, say, unread } = await aThread();
    expect(await unread(ana)).toEqual([3]);
    expect(await unread(ben), "his own are not unread to him").toEqual([0]);
    expect(await unread(cleo)).toEqual([]);
    await readThread(ana.id, root.id, reply(1).seq);
    expect(await unread(ana)).toEqual([1]);
    await readThread(ana.id, root.id, reply(0).seq);
    expect(await unread(ana), "a mark never falls").toEqual([1]);
    await say(cleo, "d", { threadRoot: root.id });
    expect([await unread(ana), await unread(ben), await unread(cleo)]).toEqual([[2], [1], [0]]);
    await as(ben).remove(reply(2).id);
    expect(await unread(ana), "what was deleted is not unread").toEqual([1]);
  });

  test("is a wish, either way: it is kept by those who take part, and begins at what is there", async () => {
    const { ana, cleo, root, say, unread } = await aThread();
    await followThread(cleo.id, root.id, true);
    expect(await unread(cleo)).toEqual([0]);
    await say(ana, "d", { threadRoot: root.id });
    expect(await unread(cleo)).toEqual([1]);
    await followThread(cleo.id, root.id, false);
    await say(cleo, "leave me out", { threadRoot: root.id });
    await say(ana, `@${cleo.username} sure`, { threadRoot: root.id });
    expect(await unread(cleo)).toEqual([]);
    await followThread(cleo.id, root.id, true);
    expect(await unread(cleo), "what was said meanwhile is not unread").toEqual([0]);
  });

  test("twice is once, and rings once", async () => {
    const { cleo, root, sql } = await aThread();
    const row = async () => (await sql("select *, xmin from thread_follow where user_id = $1", cleo.id)).rows;
    await followThread(cleo.id, root.id, true);
    const first = await row();
    await followThread(cleo.id, root.id, true);
    expect(await row()).toEqual(first);
  });

  test("comes with being called, from there on", async () => {
    const { ana, cleo, root, say, unread } = await aThread();
    await say(ana, `@${cleo.username} look`, { threadRoot: root.id });
    expect(await unread(cleo)).toEqual([1]);
  });

  test("reading a thread that I do not follow makes me no follower; a mark never passes the thread's end", async () => {
    const { ana, ben, cleo, root, reply, say, page, unread } = await aThread();
    await readThread(cleo.id, root.id, reply(2).seq);
    expect(await unread(cleo)).toEqual([]);
    await readThread(ana.id, root.id, reply(2).seq + 1_000);
    expect(await page(ana.id)).toMatchObject({ lastReadSeq: reply(2).seq });
    await say(ben, "d", { threadRoot: root.id });
    expect(await unread(ana)).toEqual([1]);
  });

  test("ends with the membership, and the list puts the newest reply first", async () => {
    const { ana, ben, roomId, root, say } = await aThread();
    const other = await say(ana, "and then?");
    await say(ben, "x", { threadRoot: other.id });
    const list = async () => (await followedThreads(ana.id)).map((thread) => [thread.root.id, thread.last?.body]);
    expect(await list()).toEqual([
      [other.id, "x"],
      [root.id, "c"],
    ]);
    await say(ben, "y", { threadRoot: root.id });
    expect(await list()).toEqual([
      [root.id, "y"],
      [other.id, "x"],
    ]);
    await world().remove(ana, roomId);
    expect(await list()).toEqual([]);
  });
});
