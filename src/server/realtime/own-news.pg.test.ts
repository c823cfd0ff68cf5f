import { describe, expect, test, vi } from "vitest";
import type { Change } from "#shared/feed.ts";
import { newId } from "#shared/ids.ts";
import type { Message } from "#shared/messages.ts";
import { follow } from "#test/follow.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";
import { readChangesAsSystem } from "./changes.ts";
import type { LiveNode } from "./live-node.ts";

/** What a node has committed itself is not read again: it says the same as a read would, and not before the doorbell. */
const world = inAWorld();

async function scene() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  const stage = await world().serve(node);
  const seen = follow(stage.client(ben), roomId);
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 1,
  );
  const say = (body: string, more: { replyTo?: string; threadRoot?: string; mentions?: string[] } = {}) =>
    node.sends.send({ roomId, authorId: ana.id, clientId: newId(), body, ...more });
  return { ana, ben, roomId, node, stage, seen, say };
}

/** Reads of changed rooms while the work was done, and changes that needed none. */
async function counting(node: LiveNode, work: () => Promise<unknown>) {
  const figures = async () => {
    const [reads, own] = await Promise.all([node.metrics.reads.get(), node.metrics.ownChanges.get()]);
    return { reads: reads.values[0]?.value ?? 0, own: own.values[0]?.value ?? 0 };
  };
  const before = await figures();
  await work();
  await node.hub.settled();
  const after = await figures();
  return { reads: after.reads - before.reads, own: after.own - before.own };
}

/** As it would be, had this node just committed it under this number. */
const message = (author: Somebody, roomId: string, version: number, body: string): Message => ({
  id: newId(),
  roomId,
  seq: version,
  version,
  clientId: newId(),
  kind: "text",
  body,
  author: { id: author.id, username: author.username, name: "ana" },
  createdAt: new Date().toISOString(),
  editedAt: null,
  deletedAt: null,
  replyTo: null,
  threadRoot: null,
  pinned: null,
  reactions: [],
  thread: null,
});

/** One turn of the loop: whatever the hub would do by itself, it has begun to do. */
const aTurn = () => new Promise((resolve) => setImmediate(resolve));

describe("what was sent by this node", () => {
  test("is what a read of it says, to the letter: quotes, replies, mentions, half a surrogate pair", async () => {
    const { ben, roomId, node, seen, say } = await scene();
    // The bell may be quicker than the answer, and then the row may be read. Here it is held back until there is an answer.
    const hear = node.hub.hear.bind(node.hub);
    const bells: [string, number][] = [];
    vi.spyOn(node.hub, "hear").mockImplementation((...bell) => void bells.push(bell));
    const { own } = await counting(node, async () => {
      const answered = async (sent: ReturnType<typeof say>) => {
        const message = await sent;
        await eventually(
          () => bells,
          (all) => all.some(([, to]) => to === message.version),
        );
        for (const bell of bells.splice(0)) {
          hear(...bell);
          await node.hub.settled();
        }
        return message;
      };
      const first = await answered(say("plain"));
      await answered(say("quoting", { replyTo: first.id }));
      await answered(say("half of a pair: \ud83d"));
      await answered(say(`@${ben.username}`, { mentions: [ben.username] }));
      await answered(say("a reply", { threadRoot: first.id }));
    });
    expect(own, "all but the reply: its root took a number in the same commit, and is read with it").toBe(4);
    await eventually(seen.bodies, (bodies) => bodies.includes("a reply"));
    const told = new Map<number, Change>(seen.changes().map((change) => [change.version, change]));
    const { rooms } = await readChangesAsSystem(world().pool, [{ roomId, cursor: 0 }]);
    const read = rooms.get(roomId)?.changes.filter((change) => change.type === "message") ?? [];
    expect(read).toHaveLength(5);
    for (const change of read) expect(told.get(change.version)).toEqual(JSON.parse(JSON.stringify(change)));
  });

  test("is read when the room has changed otherwise in between: everything comes, in order", async () => {
    const { ana, roomId, seen, say } = await scene();
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 4 === 3 ? world().write(ana, roomId, `${n}`) : say(`${n}`))),
    );
    await eventually(
      () => seen.bodies().length,
      (count) => count === 40,
    );
    const numbers = seen.changes().flatMap((change) => (change.type === "message" ? [change.version] : []));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(40);
  });

  test("does not reach somebody whose session ended before, also when no bell told of it", async () => {
    const { ana, ben, roomId, node, stage, seen, say } = await scene();
    const anas = follow(stage.client(ana), roomId);
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 2,
    );
    await say("before");
    await eventually(seen.bodies, (bodies) => bodies.includes("before"));
    await world().silently("update session set revoked_at = clock_timestamp() where id = $1", [ben.sessionId]);
    await say("after");
    await eventually(anas.bodies, (bodies) => bodies.includes("after"));
    await eventually(
      () => node.sockets.countFor({ userId: ben.id, sessionId: ben.sessionId, address: "" }).person,
      (sockets) => sockets === 0,
    );
    expect(seen.bodies()).toEqual(["before"]);
  });
});

describe("what is offered", () => {
  test("is told when the doorbell names its number, without a read, and not before; a sweep confirms nothing", async () => {
    const { ana, roomId, node, seen } = await scene();
    const { version } = await world().ledger(roomId);
    const { own, reads } = await counting(node, async () => {
      const offered = message(ana, roomId, version + 1, "offered");
      node.hub.offer({ messages: [offered], revoked: [], term: node.hub.term });
      await aTurn();
      await node.hub.sweep();
      expect(seen.bodies()).toEqual([]);
      node.hub.hear(roomId, version + 1);
      await eventually(seen.bodies, (bodies) => bodies.includes("offered"));
    });
    expect({ own, reads }).toEqual({ own: 1, reads: 0 });
  });

  test.each([
    ["when LISTEN was away since it was given to Postgres", "away"],
    ["when LISTEN was away since it was offered", "later"],
    ["when nobody was listening", "never"],
  ])("is not believed %s: the table is read", async (_, when) => {
    const { ana, roomId, node, seen } = await scene();
    const { version } = await world().ledger(roomId);
    const reconnect = () => {
      node.hub.listen(false);
      node.hub.listen(true);
    };
    const term = when === "never" ? null : node.hub.term;
    if (when === "away") reconnect();
    node.hub.offer({ messages: [message(ana, roomId, version + 1, "of another history")], revoked: [], term });
    if (when === "later") reconnect();
    await world().write(ana, roomId, "what stands");
    await eventually(seen.bodies, (bodies) => bodies.length > 0);
    expect(seen.bodies()).toEqual(["what stands"]);
  });

  test("stays out when the table has been read meanwhile", async () => {
    const { ana, roomId, node, seen } = await scene();
    await world().write(ana, roomId, "what stands");
    await eventually(seen.bodies, (bodies) => bodies.length === 1);
    const { version } = await world().ledger(roomId);
    const late = message(ana, roomId, version, "late");
    node.hub.offer({ messages: [late], revoked: [], term: node.hub.term });
    node.hub.hear(roomId, version);
    await world().write(ana, roomId, "next");
    await eventually(seen.bodies, (bodies) => bodies.includes("next"));
    expect(seen.bodies()).toEqual(["what stands", "next"]);
  });

  test("is not confirmed by a sweep either when a bell was rung by hand before, far above the room's end", async () => {
    const { ana, roomId, node, seen } = await scene();
    await world().pool.query("select pg_notify('earshot', $1)", [`r${roomId}:1-999999`]);
    await world().write(ana, roomId, "read");
    await eventually(seen.bodies, (bodies) => bodies.includes("read"));
    await node.hub.settled();
    const { version } = await world().ledger(roomId);
    await world().onOneConnection(async (console) => {
      // A number that a sweep sees and no bell names.
      await console.query("set session_replication_role = replica");
      await console.query("update room set version = version + 1 where id = $1", [roomId]);
    });
    node.hub.offer({ messages: [message(ana, roomId, version + 1, "made up")], revoked: [], term: node.hub.term });
    await node.hub.sweep();
    await node.hub.settled();
    expect(seen.bodies()).toEqual(["read"]);
  });

  test("is not believed when the epoch has changed since: its number is of another history", async () => {
    const { node } = await scene();
    const before = node.hub.term;
    node.hub.forget();
    expect(node.hub.term).not.toBe(before);
    expect(node.hub.term).not.toBeNull();
  });
});
