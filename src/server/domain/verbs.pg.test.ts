import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { appoint, as, type Conversation, conversation, noteNumbers } from "#test/conversation.ts";
import {
  applyAll,
  batchesAfter,
  freshRoom,
  freshThreads,
  membersBothWays,
  oldPlusChanges,
  seen,
  threadsIn,
} from "#test/room-mirror.ts";
import { timeFor } from "#test/time-box.ts";
import { inAWorld, type Somebody } from "#test/world.ts";
import { emptyRoom } from "#ui/rooms/room-state.ts";
import { addMembers, joinRoom, leaveRoom, removeMember, setMemberRole } from "./members.ts";
import { markUnread } from "./receipts.ts";
import { setArchived, updateRoom } from "./room-settings.ts";
import { saveMessage } from "./saved.ts";
import { followThread, readThread } from "./threads.ts";

/** R12 and R1 for every verb there is: what was known, with what changed, is what is read anew; and no number is lost. */
const world = inAWorld();
let taken: (roomId: string) => Promise<number[]>;
beforeAll(async () => {
  taken = await noteNumbers(world());
});

const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

async function scene() {
  const on = await conversation(world());
  const first = await on.say(on.ana, "one");
  const second = await on.say(on.ben, "two", { replyTo: first.id });
  const reply = await on.say(on.cleo, "in the thread", { threadRoot: first.id });
  return { ...on, first: first.id, second: second.id, reply: reply.id, doer: as(on.ana).doer };
}
type Scene = Awaited<ReturnType<typeof scene>>;

/** Every verb that changes a room for all who are in it. */
const VERBS: Record<string, (on: Scene) => Promise<unknown>> = {
  "a send": ({ ana, say }) => say(ana, "three"),
  "a send that calls somebody": ({ ana, ben, say }) => say(ana, `@${ben.username} and @room`),
  "a reply": ({ ana, second, say }) => say(ana, "three", { replyTo: second }),
  "a reply in a thread": ({ ben, first, say }) => say(ben, "there", { threadRoot: first }),
  "the first reply in a thread": ({ ben, second, say }) => say(ben, "there", { threadRoot: second }),
  "a quote in a thread": ({ ben, first, reply, say }) => say(ben, "there", { threadRoot: first, replyTo: reply }),
  "an edit": ({ ana, first }) => as(ana).edit(first, "better"),
  "an edit of a reply": ({ cleo, reply }) => as(cleo).edit(reply, "better"),
  "a deletion": ({ ana, second }) => as(ana).remove(second),
  "a deletion of a root": ({ ana, first }) => as(ana).remove(first),
  "a deletion of the only reply": ({ cleo, reply }) => as(cleo).remove(reply),
  "a deletion of what is pinned": async ({ ana, first }) => {
    await as(ana).pin(first);
    await as(ana).remove(first);
  },
  "a reaction": ({ ben, first }) => as(ben).react(first, "👍"),
  "reactions of several, and one that is taken back": async ({ ana, ben, cleo, first, reply }) => {
    for (const person of [ana, ben, cleo]) await as(person).react(first, "👍");
    await as(ben).react(first, "🎉");
    await as(cleo).react(reply, "🎉");
    await as(ana).react(first, "👍", false);
  },
  "the last reaction taken back": async ({ ana, first }) => {
    await as(ana).react(first, "👍");
    await as(ana).react(first, "👍", false);
  },
  "a pin": ({ cleo, first }) => as(cleo).pin(first),
  "a pin taken down": async ({ cleo, first }) => {
    await as(cleo).pin(first);
    await as(cleo).pin(first, false);
  },
  "a new name": ({ doer, roomId }) => updateRoom(doer, { roomId, title: `attic-${roomId.slice(-12)}` }),
  "a new topic": ({ doer, roomId }) => updateRoom(doer, { roomId, topic: "tea" }),
  "a room that closes": ({ doer, roomId }) => setArchived(doer, roomId, true),
  "a room that closes and opens again": async ({ doer, roomId }) => {
    await setArchived(doer, roomId, true);
    await setArchived(doer, roomId, false);
  },
  "somebody who joins": ({ dana, roomId }) => joinRoom(as(dana).doer, roomId),
  "somebody who is added": async ({ doer, ana, dana, roomId }) => {
    await world().room(ana, dana);
    await addMembers(doer, roomId, [dana.id]);
  },
  "somebody who leaves": ({ cleo, roomId }) => leaveRoom(as(cleo).doer, roomId),
  "somebody who is removed": ({ doer, cleo, roomId }) => removeMember(doer, roomId, cleo.id),
  "somebody who comes back": async ({ cleo, roomId }) => {
    await leaveRoom(as(cleo).doer, roomId);
    await joinRoom(as(cleo).doer, roomId);
  },
  "a new role": ({ doer, cleo, roomId }) => setMemberRole(doer, roomId, cleo.id, "moderator"),
};

/** What is one person's alone. It takes no number, and the room's feed does not speak of it. */
const PERSONAL: Record<string, (on: Scene) => Promise<unknown>> = {
  "following a thread": ({ ben, first }) => followThread(ben.id, first, true),
  "reading a thread": ({ ana, first }) => readThread(ana.id, first, 1_000),
  "saving a message": ({ ana, first }) => saveMessage(ana.id, first, true),
  "marking unread": ({ ana, roomId }) => markUnread(ana.id, roomId, 1),
};

describe("what was known, with what changed, is what is read anew", () => {
  test.each(Object.keys(VERBS))("after %s", async (name) => {
    const on = await scene();
    const before = (await world().ledger(on.roomId)).version;
    await oldPlusChanges(world(), on.ana.id, on.roomId, () => VERBS[name]?.(on) ?? Promise.reject());
    const { version } = await world().ledger(on.roomId);
    expect(version, "it changed something").toBeGreaterThan(before);
    expect(await taken(on.roomId), "every number was taken once").toEqual(upTo(version));
  });

  test.each(Object.keys(PERSONAL))("and %s takes no number", async (name) => {
    const on = await scene();
    const before = (await world().ledger(on.roomId)).version;
    await oldPlusChanges(world(), on.ana.id, on.roomId, () => PERSONAL[name]?.(on) ?? Promise.reject());
    expect((await world().ledger(on.roomId)).version).toBe(before);
  });
});

/** What one of three people does next, to a message that the number picks. */
const ACTS = {
  say: (on, who, n) => on.say(who, `said ${n}`),
  call: (on, who) => on.say(who, `@${on.ben.username} @room`),
  quote: (on, who, _, id) => on.say(who, "quoted", { replyTo: id }),
  reply: (on, who, _, id) => on.say(who, "replied", { threadRoot: id }),
  edit: (_, who, n, id) => as(who).edit(id, `edited ${n}`),
  delete: (_, who, __, id) => as(who).remove(id),
  react: (_, who, n, id) => as(who).react(id, n % 2 ? "👍" : "🎉"),
  unreact: (_, who, n, id) => as(who).react(id, n % 2 ? "👍" : "🎉", false),
  pin: (_, who, n, id) => as(who).pin(id, n % 3 > 0),
  topic: (on, who, n) => updateRoom(as(who).doer, { roomId: on.roomId, topic: `topic ${n % 3}` }),
  archive: (on, who, n) => setArchived(as(who).doer, on.roomId, n % 4 === 0),
  leave: (on, who) => leaveRoom(as(who).doer, on.roomId),
  join: (on, who) => joinRoom(as(who).doer, on.roomId),
  role: (on, who, n) => setMemberRole(as(who).doer, on.roomId, on.cleo.id, n % 2 ? "moderator" : "member"),
  follow: (_, who, n, id) => followThread(who.id, id, n % 2 > 0),
  unread: (on, who, n) => markUnread(who.id, on.roomId, n + 1),
  save: (_, who, n, id) => saveMessage(who.id, id, n % 2 > 0),
} satisfies Record<string, (on: Conversation, who: Somebody, n: number, id: string) => Promise<unknown>>;

const REFUSALS = ["NOT_FOUND", "NOT_ALLOWED", "ARCHIVED", "LAST_OWNER"];
const step = fc.tuple(fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])), fc.nat(1_000));
const day = fc.array(step, { maxLength: 10 });

/** One after the other, as one person does things; a refusal is an answer, a fault is not. */
async function live(on: Conversation, who: Somebody, steps: [keyof typeof ACTS, number][], ids: string[]) {
  for (const [what, n] of steps) {
    const done = (ACTS[what] as (typeof ACTS)["edit"])(on, who, n, ids[n % ids.length] ?? "") as Promise<unknown>;
    const sent = await done.catch((error) => {
      if (!REFUSALS.includes(error.code)) throw error;
    });
    if (sent && ["say", "quote", "call", "reply"].includes(what)) ids.push((sent as { id: string }).id);
  }
}

async function deadlocks(): Promise<number> {
  const { rows } = await world().pool.query(
    "select deadlocks from pg_stat_database where datname = current_database()",
  );
  return Number(rows[0].deadlocks);
}

test("whatever three people do at once, on two nodes: the mirror is a fresh read, no number is lost, nobody deadlocks", async () => {
  const nodes = [await world().node(), await world().node()];
  const isTime = timeFor(10_000);
  await fc.assert(
    fc.asyncProperty(day, day, day, fc.integer({ min: 1, max: 7 }), async (anas, bens, cleos, limit) => {
      if (!isTime()) return;
      const on = await conversation(world());
      const { dana: watcher, roomId } = on;
      await world().join(watcher, roomId);
      await appoint(world(), roomId, watcher, "owner");
      let turn = 0;
      const say: Conversation["say"] = (author, body, more = {}) => {
        const node = nodes[turn++ % 2] ?? on.node;
        return node.sends.send({ roomId, authorId: author.id, clientId: crypto.randomUUID(), body, ...more });
      };
      const here = { ...on, say };
      const ids = [(await say(on.ana, "one")).id, (await say(on.ben, "two")).id];
      const old = await freshRoom(watcher.id, roomId);
      const oldThreads = await freshThreads(world(), watcher.id, roomId);
      let reader = old;
      let isOver = false;
      const days = Promise.all([
        live(here, on.ana, anas, ids),
        live(here, on.ben, bens, ids),
        live(here, on.cleo, cleos, ids),
      ]).finally(() => {
        isOver = true;
      });
      while (!isOver) reader = applyAll(reader, await batchesAfter(world(), reader, roomId, limit));
      await days;
      const fresh = await freshRoom(watcher.id, roomId);
      const threads = await freshThreads(world(), watcher.id, roomId);
      for (const state of [reader, old]) {
        const end = applyAll(state, await batchesAfter(world(), state, roomId, limit));
        expect(seen(end)).toEqual(seen(fresh));
        expect(threadsIn(oldThreads, end)).toEqual(threads);
      }
      const beginning = { ...emptyRoom(), cursor: fresh.cursor?.replace(/\d+$/, "0") ?? null };
      const all = applyAll(beginning, await batchesAfter(world(), beginning, roomId, limit));
      const { known, table } = await membersBothWays(world(), all, roomId);
      expect(known).toEqual(table);
      expect(await taken(roomId)).toEqual(upTo((await world().ledger(roomId)).version));
    }),
    { numRuns: 25 },
  );
  expect(await deadlocks()).toBe(0);
});
