import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import type { MessagePage, SentMessage } from "#shared/messages.ts";
import { as, conversation } from "#test/conversation.ts";
import { inAWorld } from "#test/world.ts";
import { pageAfter, pageAround, pageBefore } from "./messages.ts";

/** Pages of the timeline: what is on them, where they end, and what they say of what lies beyond. */
const world = inAWorld();

const bodies = (page: MessagePage) => page.messages.map(({ body }) => body);
const ends = ({ hasOlder, hasNewer }: MessagePage) => ({ hasOlder, hasNewer });

/** Nine lines, "1" to "9", and a thread of three under "5", whose places lie between "5" and "6". */
async function nineLines() {
  const on = await conversation(world());
  const lines: SentMessage[] = [];
  const replies: SentMessage[] = [];
  for (let n = 1; n <= 9; n++) {
    const line = await on.say(on.ana, `${n}`);
    lines.push(line);
    if (n === 5) for (const body of ["a", "b", "c"]) replies.push(await on.say(on.ben, body, { threadRoot: line.id }));
  }
  const [line, reply] = [(n: number) => lines[n - 1] as SentMessage, (n: number) => replies[n] as SentMessage];
  return { ...on, line, reply };
}

describe("a page of the timeline", () => {
  test("holds no replies, and says exactly whether there is more at either end", async () => {
    const { ana, roomId, line } = await nineLines();
    const endingBelow = (n: number | undefined, limit: number) =>
      pageBefore(ana.id, roomId, { before: n === undefined ? n : line(n).seq, limit });
    const newest = await endingBelow(undefined, 4);
    expect([bodies(newest), ends(newest)]).toEqual([["6", "7", "8", "9"], { hasOlder: true, hasNewer: false }]);
    const whole = await endingBelow(undefined, 9);
    expect([bodies(whole).length, ends(whole)]).toEqual([9, { hasOlder: false, hasNewer: false }]);
    const middle = await endingBelow(6, 2);
    expect([bodies(middle), ends(middle)]).toEqual([["4", "5"], { hasOlder: true, hasNewer: true }]);
    const oldest = await endingBelow(3, 2);
    expect([bodies(oldest), ends(oldest)]).toEqual([["1", "2"], { hasOlder: false, hasNewer: true }]);
    const beyond = await endingBelow(1, 2);
    expect([bodies(beyond), ends(beyond)]).toEqual([[], { hasOlder: false, hasNewer: true }]);
  });

  test("reads on towards the newest, exact at both ends", async () => {
    const { ana, roomId, line } = await nineLines();
    const above = (seq: number, limit: number) => pageAfter(ana.id, roomId, { after: seq, limit });
    const middle = await above(line(4).seq, 3);
    expect([bodies(middle), ends(middle)]).toEqual([["5", "6", "7"], { hasOlder: true, hasNewer: true }]);
    const last = await above(line(6).seq, 3);
    expect([bodies(last), ends(last)]).toEqual([["7", "8", "9"], { hasOlder: true, hasNewer: false }]);
    const first = await above(0, 2);
    expect([bodies(first), ends(first)]).toEqual([["1", "2"], { hasOlder: false, hasNewer: true }]);
    const none = await above(line(9).seq, 2);
    expect([bodies(none), ends(none)]).toEqual([[], { hasOlder: true, hasNewer: false }]);
  });

  test("opens around a message, and around the root of a reply; a tombstone has its place, too", async () => {
    const { ana, ben, line, reply } = await nineLines();
    const around = await pageAround(ben.id, line(5).id, 4);
    expect([bodies(around), ends(around)]).toEqual([["3", "4", "5", "6"], { hasOlder: true, hasNewer: true }]);
    expect(bodies(await pageAround(ben.id, reply(1).id, 4))).toEqual(["3", "4", "5", "6"]);
    const first = await pageAround(ben.id, line(1).id, 4);
    expect([bodies(first), ends(first)]).toEqual([["1", "2"], { hasOlder: false, hasNewer: true }]);
    const last = await pageAround(ben.id, line(9).id, 5);
    expect([bodies(last), ends(last)]).toEqual([["7", "8", "9"], { hasOlder: true, hasNewer: false }]);
    await as(ana).remove(line(5).id);
    expect(bodies(await pageAround(ben.id, line(5).id, 3))).toEqual(["4", "", "6"]);
  });

  test("brings what it quotes and does not hold, once; of a deleted quote only that it was there", async () => {
    const { ana, ben, roomId, line, reply, say } = await nineLines();
    await say(ben, "as I said", { replyTo: line(2).id });
    await say(ben, "and again", { replyTo: line(2).id });
    await say(ben, "and this", { replyTo: line(9).id });
    await say(ben, "and in the thread", { replyTo: reply(0).id });
    const page = await pageBefore(ana.id, roomId, { limit: 5 });
    expect(bodies(page)).toEqual(["9", "as I said", "and again", "and this", "and in the thread"]);
    expect(page.quoted.map(({ body }) => body)).toEqual(["2", "a"]);
    await as(ana).remove(line(2).id);
    expect((await pageBefore(ana.id, roomId, { limit: 5 })).quoted).toMatchObject([
      { id: line(2).id, body: "", deletedAt: expect.any(String) },
      { body: "a" },
    ]);
  });

  test("says of a root how many answered, who did last, and when; what is deleted does not count", async () => {
    const { ana, ben, cleo, roomId, line, reply, say } = await nineLines();
    const last = await say(cleo, "d", { threadRoot: line(5).id });
    const root = async () =>
      (await pageBefore(ana.id, roomId, {})).messages.find(({ id }) => id === line(5).id)?.thread;
    expect(await root()).toMatchObject({ count: 4, lastAt: last.createdAt, people: [{ id: cleo.id }, { id: ben.id }] });
    await as(cleo).remove(last.id);
    expect(await root()).toMatchObject({ count: 3, lastAt: reply(2).createdAt, people: [{ id: ben.id }] });
    for (const n of [0, 1, 2]) await as(ben).remove(reply(n).id);
    expect(await root()).toBeNull();
  });

  test("does not exist for a stranger, for a removed member, and in a room that was made up", async () => {
    const { ana, dana, robin, roomId, line, reply } = await nineLines();
    for (const { id } of [dana, robin]) {
      await expect(pageBefore(id, roomId, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(pageAfter(id, roomId, { after: 0 })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(pageAround(id, line(1).id)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(pageAround(id, reply(0).id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await expect(pageAround(ana.id, newId())).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await pageAround(ana.id, reply(0).id)).messages).not.toEqual([]);
  });
});
