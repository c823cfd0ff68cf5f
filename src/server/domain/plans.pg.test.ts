import { beforeAll, expect, test, vi } from "vitest";
import { readChangesAsSystem } from "#server/realtime/changes.ts";
import { newId } from "#shared/ids.ts";
import { REPLIES_COUNTED_MAX, UNREAD_MAX } from "#shared/limits.ts";
import { inAWorld, type Somebody } from "#test/world.ts";
import { messagesById, pinnedIn } from "./message-reads.ts";
import { pageAfter, pageAround, pageBefore } from "./messages.ts";
import { roomsOf } from "./rooms.ts";
import { savedBy, saveMessage } from "./saved.ts";
import { followedThreads, threadPage } from "./threads.ts";

/**
 * Hot paths go by their index, in a room with a history. What is planned is the very statement that the server runs.
 *
 * The long room: a hundred thousand messages, and in their middle a thread of twenty thousand replies, whose places lie
 * between two lines of the timeline. The short one: sixty lines.
 */
const world = inAWorld();
const MANY = 100_000;
const REPLIES = 20_000;
const FEW = 60;

type Place = { ana: Somebody; ben: Somebody; long: string; short: string; root: { id: string; seq: number } };
let place: Place;

const seqOf = (n: number) => 100 + n;

/** Numbers its own rows and rings no bell, as a restore does: a history is wanted, not the way to it. */
async function fill(roomId: string, author: Somebody, first: number, count: number, root: string | null) {
  await world().silently(
    `insert into message (room_id, author_id, body, sent, seq, version, thread_root)
     select $1, $2, 'line ' || n, gen_random_uuid(), n, n, $5 from generate_series($3::int, $3::int + $4::int - 1) n`,
    [roomId, author.id, seqOf(first), count, root],
  );
}

async function aLongHistory(): Promise<Place> {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const [long, short] = [await world().room(ana, ben), await world().room(ana, ben)];
  const half = MANY / 2;
  const root = { id: newId(), seq: seqOf(half + 1) };
  await fill(short, ben, 1, FEW, null);
  await fill(long, ben, 1, half, null);
  await world().silently(
    "insert into message (id, room_id, author_id, body, sent, seq, version) values ($1, $2, $3, 'root', $1, $4, $5)",
    [root.id, long, ana.id, root.seq, seqOf(MANY + REPLIES + 2)],
  );
  await fill(long, ben, half + 2, REPLIES, root.id);
  await fill(long, ben, half + 2 + REPLIES, half, null);
  const end = seqOf(MANY + REPLIES + 2);
  await world().pool.query("update room set version = $2, last_seq = $2 where id = any($1)", [[long, short], end]);
  // Ana has read nothing of the second half, in which Ben called her every hundredth time; she follows the thread.
  await world().silently(
    "update receipt set last_read_seq = $3, last_delivered_seq = $3 where room_id = $1 and user_id = $2",
    [long, ana.id, root.seq],
  );
  await world().silently(
    `insert into mention (user_id, room_id, seq, message_id, thread_root)
     select case when seq % 100 = 0 then $2::uuid else $3 end, room_id, seq, id, thread_root
     from message where room_id = $1 and seq % 5 = 0`,
    [long, ana.id, ben.id],
  );
  await world().silently("insert into thread_follow (root_id, user_id, room_id) values ($1, $2, $3)", [
    root.id,
    ana.id,
    long,
  ]);
  await world().pool.query(
    "update message set pinned_at = now(), pinned_by = author_id where room_id = $1 and seq % 5000 = 0 and thread_root is null",
    [long],
  );
  await world().pool.query("vacuum analyze");
  return { ana, ben, long, short, root };
}

beforeAll(async () => {
  place = await aLongHistory();
}, 120_000);

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: Node[];
};

const all = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(all)];

/** The plan of the statement of this name, with the values that `work` runs it with; generic, as it is after five runs. */
async function planOf(name: string, work: () => Promise<unknown>): Promise<Node[]> {
  const asked = vi.spyOn(world().pool, "query");
  await work();
  const call = asked.mock.calls
    .map(([query]) => query as unknown as { name?: string; text: string; values: unknown[] })
    .find((query) => query.name === name);
  asked.mockRestore();
  if (!call) throw new Error(`${name} was not asked.`);
  return world().onOneConnection(async (client) => {
    await client.query("set plan_cache_mode = force_generic_plan");
    await client.query(`prepare planned as ${call.text}`);
    const literals = call.values.map((value) => {
      if (value === null) return "null";
      return Array.isArray(value) ? `'{${value.join(",")}}'` : `'${String(value)}'`;
    });
    const { rows } = await client.query(
      `explain (analyze, buffers, format json) execute planned (${literals.join(",")})`,
    );
    await client.query("deallocate planned");
    return all(rows[0]["QUERY PLAN"][0].Plan);
  });
}

/** Looks at a table; what was never begun is none, and the two halves of a bitmap are one. */
const on = (table: string, plan: Node[]) =>
  plan.filter(
    (node) => node["Actual Loops"] > 0 && (node["Relation Name"] ?? node["Index Name"] ?? "").startsWith(table),
  );
const onMessages = (plan: Node[]) => on("message", plan);
const indexes = (nodes: Node[]) => {
  const ways = nodes.map((node) => node["Index Name"] ?? node["Node Type"]);
  return [...new Set(ways)].filter((way) => way !== "Bitmap Heap Scan").sort();
};
const rowsRead = (nodes: Node[]) =>
  nodes.reduce(
    (sum, node) => sum + (node["Node Type"] === "Bitmap Index Scan" ? 0 : node["Actual Rows"] * node["Actual Loops"]),
    0,
  );
/** What a root costs: a count that ends, and its last twenty repliers. */
const ROOT = REPLIES_COUNTED_MAX + 20;
const buffersOf = ([top]: Node[]) => (top ? top["Shared Hit Blocks"] + top["Shared Read Blocks"] : Number.NaN);

test("a page of the timeline reads its own rows, from the end, from the middle, on either side of a long thread", async () => {
  const { ana, long, root } = place;
  const beyond = root.seq + REPLIES + 20;
  const pages: Record<string, () => Promise<unknown>> = {
    newest: () => pageBefore(ana.id, long, {}),
    "from the middle": () => pageBefore(ana.id, long, { before: seqOf(MANY / 4) }),
    "across the thread": () => pageBefore(ana.id, long, { before: beyond }),
    onwards: () => pageAfter(ana.id, long, { after: root.seq - 20 }),
  };
  for (const [name, page] of Object.entries(pages)) {
    const scans = onMessages(await planOf("timeline-page", page));
    const isOverRoot = name === "across the thread" || name === "onwards";
    expect(indexes(scans), name).toEqual([
      "message_pkey",
      "message_room_seq_key",
      ...(isOverRoot ? ["message_thread_seq_key"] : []),
    ]);
    expect(rowsRead(scans), name).toBeLessThanOrEqual(60 + (isOverRoot ? ROOT : 0));
  }
});

test("a page around a message reads it, its neighbours and a bounded count of its thread", async () => {
  const { ana, root } = place;
  const scans = onMessages(await planOf("timeline-page", () => pageAround(ana.id, root.id)));
  expect(rowsRead(scans)).toBeLessThanOrEqual(60 + ROOT);
});

test("a page of a room of a hundred thousand touches no more than twice the blocks of one of sixty", async () => {
  const { ana, long, short } = place;
  const blocks = async (roomId: string) =>
    buffersOf(await planOf("timeline-page", () => pageBefore(ana.id, roomId, {})));
  const [small, large] = [await blocks(short), await blocks(long)];
  expect(small).toBeGreaterThan(0);
  expect(small, "and neither is a scan").toBeLessThan(50);
  expect(large).toBeLessThanOrEqual(2 * small);
});

test("a page of a thread reads its own rows by its index, and its root", async () => {
  const { ana, root } = place;
  for (const before of [undefined, root.seq + REPLIES / 2]) {
    const scans = onMessages(
      await planOf("thread-page", () => threadPage(ana.id, { rootId: root.id, before, limit: 50 })),
    );
    expect(indexes(scans)).toEqual(["message_pkey", "message_thread_seq_key"]);
    expect(rowsRead(scans)).toBeLessThanOrEqual(60 + ROOT);
  }
});

test("the threads that somebody follows are a look at the end of each, and a bounded count", async () => {
  const { ana } = place;
  const scans = onMessages(await planOf("followed-threads", () => followedThreads(ana.id)));
  expect(indexes(scans)).toEqual(["message_pkey", "message_thread_seq_key"]);
  expect(rowsRead(scans)).toBeLessThanOrEqual(ROOT + 10);
  expect(await blocksOf("followed-threads", () => followedThreads(ana.id))).toBeLessThan(100);
  expect(await followedThreads(ana.id)).toMatchObject([{ unread: UNREAD_MAX }]);
});

test("changes after a number are read by (room_id, version), a few rows or a page of them, near or far behind", async () => {
  const { long, short } = place;
  for (const [roomId, cursor, rows] of [
    [short, seqOf(FEW) - 5, 5],
    [long, 0, 200],
    [long, seqOf(MANY / 4), 200],
  ] as const) {
    const scans = onMessages(
      await planOf("read-changes", () => readChangesAsSystem(world().pool, [{ roomId, cursor }])),
    );
    expect(indexes(scans)).toEqual(["message_room_version_key"]);
    expect(rowsRead(scans)).toBeLessThanOrEqual(rows);
  }
});

/** Blocks that a statement touches, functions and all, once its plans are made. */
async function blocksOf(name: string, work: () => Promise<unknown>): Promise<number> {
  return buffersOf(await planOf(name, work));
}

test("what my rooms hold for me is counted from an index, a hundred rows at most of each, however long I was away", async () => {
  const { ana, long } = place;
  const rooms = await roomsOf(ana.id);
  expect(rooms.find(({ id }) => id === long)).toMatchObject({ unread: UNREAD_MAX, mentions: UNREAD_MAX });
  expect(indexes(onMessages(await planOf("my-rooms", () => roomsOf(ana.id))))).toEqual(["message_room_seq_key"]);
  // Two rooms, each with the rows that are unread, the calls with their messages, and the last one. The whole table is thousands.
  expect(await blocksOf("my-rooms", () => roomsOf(ana.id))).toBeLessThan(6 * UNREAD_MAX);
});

test("pins, messages by id and saved ones are read by their own indexes", async () => {
  const { ana, long } = place;
  const [one] = (await pageBefore(ana.id, long, { limit: 1 })).messages;
  const id = one?.id ?? "";
  await saveMessage(ana.id, id, true);
  const pinned = (await pinnedIn(ana.id, long)).length;
  const pins = onMessages(await planOf("pinned-in", () => pinnedIn(ana.id, long)));
  expect(indexes(pins), "a pin changes a message, so whether it has a thread is asked").toEqual([
    "message_pinned_idx",
    "message_thread_seq_key",
  ]);
  expect(rowsRead(pins)).toBe(pinned);
  const byId = onMessages(await planOf("messages-by-id", () => messagesById(ana.id, long, [id])));
  expect([indexes(byId), rowsRead(byId)]).toEqual([["message_pkey"], 1]);
  const saved = onMessages(await planOf("saved-by", () => savedBy(ana.id)));
  expect([indexes(saved), rowsRead(saved)]).toEqual([["message_pkey"], 1]);
});

test("and a scan of the whole table would be seen here", async () => {
  const { rows } = await world().pool.query(
    "explain (analyze, format json) select * from message where body = 'line 7'",
  );
  expect(onMessages(all(rows[0]["QUERY PLAN"][0].Plan)).map((node) => node["Node Type"])).toContain("Seq Scan");
});
