import fc from "fast-check";
import { expect, test } from "vitest";
import { deleteMessage, editMessage } from "#server/domain/message-changes.ts";
import { markUnread } from "#server/domain/receipts.ts";
import { followThread, readThread } from "#server/domain/threads.ts";
import type { LiveNode } from "#server/realtime/live-node.ts";
import { newId } from "#shared/ids.ts";
import { UNREAD_MAX } from "#shared/limits.ts";
import type { Client } from "#test/follow.ts";
import { followMe } from "#test/me.ts";
import type { Stage } from "#test/stage.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** Unread that drifts is what chats are blamed for: after anything at all, what a device shows is what a recount says. */
const world = inAWorld();

/** A recount in the plainest words, and not those of counts.ts. */
async function recount(person: Somebody) {
  const rooms = await world().pool.query(
    `select member.room_id, receipt.last_read_seq as read,
       count(m.id) filter (where m.author_id <> $1 and m.deleted_at is null and m.kind <> 'system' and m.seq > receipt.last_read_seq)
         as unread,
       count(mention.message_id) filter (where m.deleted_at is null and m.seq > receipt.last_read_seq) as mentions,
       coalesce(max(m.seq), 0) as last
     from member join receipt on receipt.room_id = member.room_id and receipt.user_id = member.user_id
     left join message m on m.room_id = member.room_id and m.thread_root is null
     left join mention on mention.message_id = m.id and mention.user_id = $1
     where member.user_id = $1 and member.left_at is null group by 1, 2`,
    [person.id],
  );
  const threads = await world().pool.query(
    `select f.root_id, count(*) as unread, bool_or(mention.user_id is not null) as is_called from thread_follow f
     join member on member.room_id = f.room_id and member.user_id = f.user_id and member.left_at is null
     join message m on m.thread_root = f.root_id and m.seq > f.last_read_seq and m.author_id <> f.user_id and m.deleted_at is null
     left join mention on mention.message_id = m.id and mention.user_id = f.user_id
     where f.user_id = $1 and f.is_following group by 1`,
    [person.id],
  );
  const most = (count: number) => Math.min(count, UNREAD_MAX);
  return {
    rooms: Object.fromEntries(
      rooms.rows.map(({ room_id, unread, mentions, read, last }) => [
        room_id,
        [most(unread), most(mentions), read, last],
      ]),
    ),
    threads: Object.fromEntries(
      threads.rows.map(({ root_id, unread, is_called }) => [root_id, [most(unread), is_called]]),
    ),
  };
}

function shown({ state }: ReturnType<typeof followMe>) {
  return {
    rooms: Object.fromEntries(
      [...state.rooms.values()].map(({ id, unread, mentions, lastReadSeq, lastSeq }) => [
        id,
        [unread, mentions, lastReadSeq, lastSeq],
      ]),
    ),
    threads: Object.fromEntries(state.threads.map(({ rootId, unread, isCalled }) => [rootId, [unread, isCalled]])),
  };
}

/** Somebody's phone or laptop: it may lose its socket, be put away, and be taken up again. */
class Device {
  readonly owner: Somebody;
  readonly #client: Client;
  #mine: ReturnType<typeof followMe> | null = null;

  constructor(owner: Somebody, client: Client) {
    this.owner = owner;
    this.#client = client;
    this.takeUp();
  }

  takeUp(): void {
    this.#mine ??= followMe(this.#client);
  }

  putAway(): void {
    this.#mine?.subscription.unsubscribe();
    this.#mine = null;
  }

  cut(): void {
    this.#client.sockets.at(-1)?.terminate();
  }

  async isReady(): Promise<void> {
    await eventually(
      () => this.#mine?.isWelcome(),
      (isWelcome) => isWelcome === true,
    );
  }

  async agrees(): Promise<void> {
    if (!this.#mine) return;
    await eventually(
      async () => ({ shown: this.#mine && shown(this.#mine), truth: await recount(this.owner) }),
      ({ shown, truth }) => expectEqual(shown, truth),
    );
  }
}

const expectEqual = (one: unknown, other: unknown) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const sorted = (value: unknown): unknown =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => a.localeCompare(b))
          .map(([key, one]) => [key, sorted(one)]),
      )
    : value;

type Scene = { node: LiveNode; people: Somebody[]; rooms: string[]; devices: Device[] };
type Deed = { who: number; room: number; pick: number; what: keyof typeof DEEDS };
type Doing = Scene & { me: Somebody; roomId: string; pick: number };

const one = <T>(all: T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)];

async function messagesIn(roomId: string, where = "true") {
  const { rows } = await world().pool.query<{ id: string; seq: number; author_id: string }>(
    `select id, seq, author_id from message where room_id = $1 and kind = 'text' and ${where} order by seq desc limit 12`,
    [roomId],
  );
  return rows;
}

const calls = ({ people, pick }: Doing) =>
  pick % 3 === 0 ? [one(people, pick >> 2)?.username ?? ""] : pick % 7 === 1 ? ["*"] : [];

const DEEDS = {
  async send(on: Doing) {
    const { node, me, roomId } = on;
    await node.sends.send({ roomId, authorId: me.id, clientId: newId(), body: "hello", mentions: calls(on) });
  },
  async reply(on: Doing) {
    const { node, me, roomId, pick } = on;
    // One of few, so that threads grow.
    const root = one((await messagesIn(roomId, "thread_root is null")).slice(-2), pick);
    if (!root) return;
    const send = { roomId, authorId: me.id, clientId: newId(), body: "so", mentions: calls(on), threadRoot: root.id };
    await node.sends.send(send);
  },
  async edit(on: Doing) {
    const mine = one(
      (await messagesIn(on.roomId)).filter(({ author_id }) => author_id === on.me.id),
      on.pick,
    );
    if (!mine) return;
    const edit = { messageId: mine.id, body: `better ${on.pick}`, mentions: calls(on), maxLength: 4000 };
    await editMessage({ userId: on.me.id }, edit);
  },
  async delete({ me, roomId, pick }: Doing) {
    const mine = one(
      (await messagesIn(roomId)).filter(({ author_id }) => author_id === me.id),
      pick,
    );
    if (mine) await deleteMessage({ userId: me.id }, mine.id);
  },
  async read({ node, me, roomId, pick }: Doing) {
    const seen = one(await messagesIn(roomId, "thread_root is null"), pick);
    if (seen) await node.receipts.advance(me.id, [{ roomId, seq: seen.seq, isRead: true }]);
  },
  async markUnread({ me, roomId, pick }: Doing) {
    const from = one(await messagesIn(roomId, "thread_root is null"), pick);
    if (from) await markUnread(me.id, roomId, from.seq);
  },
  async readThread({ me, roomId, pick }: Doing) {
    const reply = one(await messagesIn(roomId, "thread_root is not null"), pick);
    const root =
      reply && (await world().pool.query("select thread_root from message where id = $1", [reply.id])).rows[0];
    if (reply && root) await readThread(me.id, root.thread_root, reply.seq);
  },
  async follow({ me, roomId, pick }: Doing) {
    const root = one(await messagesIn(roomId, "thread_root is null"), pick);
    if (root) await followThread(me.id, root.id, pick % 2 === 0);
  },
  async leave({ me, roomId }: Doing) {
    await world().remove(me, roomId);
  },
  async join({ me, roomId }: Doing) {
    const back =
      "update member set left_at = null, joined_at = now() where room_id = $1 and user_id = $2 and left_at is not null";
    await world().pool.query(back, [roomId, me.id]);
  },
  async cut({ devices, pick }: Doing) {
    one(devices, pick)?.cut();
  },
  async putAway({ devices, pick }: Doing) {
    one(devices, pick)?.putAway();
  },
  async takeUp({ devices, pick }: Doing) {
    one(devices, pick)?.takeUp();
  },
};

/** What is refused (a stranger's send, a twin) changes nothing, which is what the recount shows. */
async function does(scene: Scene, { who, room, pick, what }: Deed): Promise<void> {
  const me = scene.people[who];
  const roomId = scene.rooms[room];
  if (!me || !roomId) return;
  await DEEDS[what]({ ...scene, me, roomId, pick }).catch((error: { code?: string }) => {
    if (error.code !== "NOT_FOUND" && error.code !== "NOT_ALLOWED") throw error;
  });
}

const often = ["send", "send", "send", "reply", "reply", "reply", "reply", "read", "edit", "delete"] as const;
const deeds = fc.array(
  fc.record({
    who: fc.nat(2),
    room: fc.nat(1),
    pick: fc.nat(1_000),
    what: fc.constantFrom(...often, ...(Object.keys(DEEDS) as (keyof typeof DEEDS)[])),
  }),
  { minLength: 5, maxLength: 60 },
);

async function sceneOn(node: LiveNode, [one, two]: [Stage, Stage]): Promise<Scene> {
  const people = [await world().person("ana"), await world().person("ben"), await world().person("cleo")];
  const [ana, ben, cleo] = people as [Somebody, Somebody, Somebody];
  const rooms = [await world().room(...people), await world().room(...people)];
  const tablet = { ...ana, ...(await world().session(ana.id)) };
  const devices = [
    new Device(ana, one.client(ana)),
    new Device(ana, two.client(tablet)),
    new Device(ben, one.client(ben)),
    new Device(cleo, two.client(cleo)),
  ];
  return { node, people, rooms, devices };
}

test("after any sends, replies, edits, deletions, reads, absences, leavings and comings every device shows what a recount says", async () => {
  const nodes = [await world().node(), await world().node()] as const;
  const stages: [Stage, Stage] = [await world().serve(nodes[0]), await world().serve(nodes[1])];
  let done = 0;
  await fc.assert(
    fc.asyncProperty(deeds, async (list) => {
      const scene = await sceneOn(nodes[0], stages);
      await Promise.all(scene.devices.map((device) => device.isReady()));
      // Side by side in threes, so that they race. Looked at now and then, so that what was told earlier is not told anew.
      for (let at = 0; at < list.length; at += 3) {
        await Promise.all(list.slice(at, at + 3).map((deed) => does(scene, deed)));
        if (at % 2 === 0) await Promise.all(scene.devices.map((device) => device.agrees()));
      }
      for (const device of scene.devices) device.takeUp();
      await Promise.all(scene.devices.map((device) => device.agrees()));
      for (const device of scene.devices) device.putAway();
      done++;
    }),
    { numRuns: 25, endOnFailure: true },
  );
  expect(done).toBe(25);
  await eventually(
    () => nodes.map(({ me }) => me.inboxes),
    (inboxes) => inboxes.every((count) => count === 0),
  );
}, 90_000);

test("a hundred unread are counted, and no more than that", async () => {
  const node = await world().node();
  const stage = await world().serve(node);
  const { people, rooms, devices } = await sceneOn(node, [stage, stage]);
  const [ana, ben] = people as [Somebody, Somebody];
  for (let n = 0; n < 3; n++)
    await world().pool.query(
      "insert into message (room_id, author_id, body, mentions) select $1, $2, 'n' || n, $3 from generate_series(1, 50) n",
      [rooms[0], ben.id, ana.username],
    );
  await devices[0]?.agrees();
  expect((await recount(ana)).rooms[rooms[0] ?? ""]?.slice(0, 2)).toEqual([UNREAD_MAX, UNREAD_MAX]);
}, 30_000);
