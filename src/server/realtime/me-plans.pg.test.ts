import type pg from "pg";
import { expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { inAWorld } from "#test/world.ts";
import { receiptsAsSystem } from "./activity-reads.ts";
import {
  countsAsSystem,
  roomsOfAsSystem,
  threadsAsSystem,
  threadsOfAsSystem,
  touchedThreadsAsSystem,
} from "./me-reads.ts";

/** Whatever is read at every message finds its rows by an index: a scan that nobody sees on a small table stops a big server. */
const world = inAWorld();

type Query = { text: string; values: unknown[] };

/** What a read would ask, without asking. */
async function asked(read: (db: pg.Pool) => Promise<unknown>): Promise<Query> {
  const seen: Query[] = [];
  const query = async (one: Query) => {
    seen.push(one);
    return { rows: [] };
  };
  await read({ query } as unknown as pg.Pool);
  if (!seen[0]) throw new Error("It asks nothing.");
  return seen[0];
}

async function planOf({ text, values }: Query): Promise<string> {
  const { rows } = await world().pool.query<{ "QUERY PLAN": string }>(`explain ${text}`, values);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

test("counts, lists, threads and marks scan neither messages nor mentions nor followers", async () => {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const rooms = [await world().room(ana, ben), await world().room(ana, ben)];
  const root = await world().write(ben, rooms[0] ?? "", "a question");
  await world().pool.query(
    `with grown as (update room set version = version + 20000, last_seq = version + 20000 where id = any($1::uuid[]) returning id, version)
     insert into message (room_id, seq, version, author_id, sent, body, mentions, thread_root)
     select grown.id, version - 20000 + n, version - 20000 + n, $2, md5('x')::uuid, 'x', case when n % 50 = 0 then $3 end,
       case when n % 4 = 0 and grown.id = $4 then $5::uuid end
     from grown, generate_series(1, 20000) n`,
    [rooms, ben.id, ana.username, rooms[0], root],
  );
  const { rows: roots } = await world().pool.query<{ id: string }>(
    "select id from message where room_id = $1 and thread_root is null and id <> $2 order by seq limit 2000",
    [rooms[0], root],
  );
  await world().pool.query(
    "insert into thread_follow (root_id, user_id, room_id) select root, $2, $3 from unnest($1::uuid[]) root",
    [roots.map(({ id }) => id), ana.id, rooms[0]],
  );
  await world().pool.query("analyze");
  const [roomId = "", rootId = ""] = [rooms[0], roots[0]?.id];
  const reads: ((db: pg.Pool) => Promise<unknown>)[] = [
    (db) => countsAsSystem(db, [{ roomId, userId: ana.id }]),
    (db) => roomsOfAsSystem(db, [ana.id]),
    (db) => threadsAsSystem(db, [{ userId: ana.id, rootId }]),
    (db) => threadsOfAsSystem(db, [newId()]),
    (db) => touchedThreadsAsSystem(db, [{ roomId, from: 5, to: 9 }]),
    (db) => receiptsAsSystem(db, [roomId]),
  ];
  for (const read of reads) {
    const plan = await planOf(await asked(read));
    expect(plan).not.toMatch(/Seq Scan on (message|mention|thread_follow)/);
    // All replies that there are, of all rooms, is a scan, too.
    expect(plan).not.toMatch(/Scan (on|using) message_thread_seq_key(?![\s\S]*Index Cond: \(thread_root)/);
  }
});
