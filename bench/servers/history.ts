import { join } from "node:path";
import type pg from "pg";
import { migrate } from "#server/db/migrate.ts";
import { usePool } from "#server/db/pool.ts";
import { pageAround, pageBefore } from "#server/domain/messages.ts";
import { roomsOf } from "#server/domain/rooms.ts";
import { newId } from "#shared/ids.ts";
import { answer } from "../answer.ts";
import { HISTORY_OF_OURS } from "../database.ts";
import { median } from "../statistics.ts";

/** A reader beside rooms that differ in nothing but their past, one message in twenty in a thread. */
const CHUNK = 25_000;
const [FEW, MANY, UNREAD] = [5, 500, 120];

type Past = { roomId: string; middle: { id: string; seq: number } };

const [reader, author, few, many] = [newId(), newId(), newId(), newId()];
const pasts: Past[] = [];

async function prepare({ url, sizes }: { url: string; sizes: number[] }): Promise<void> {
  await migrate(url, join(process.cwd(), "prisma/migrations"));
  const db = usePool(url);
  await db.query(
    `insert into "user" (id, username, display_name)
     select id, 'person-' || n, 'Person ' || n from unnest($1::uuid[]) with ordinality u (id, n)`,
    [[reader, author, few, many]],
  );
  for (const size of sizes) pasts.push(await makeRoom(db, size));
  const rooms = Array.from({ length: MANY }, newId);
  await db.query("insert into room (id, title) select id, 'room' from unnest($1::uuid[]) id", [rooms]);
  const take = (userId: string, roomIds: string[]) =>
    db.query("insert into member (room_id, user_id) select id, $1 from unnest($2::uuid[]) id", [userId, roomIds]);
  // The author first: whoever is found first in a room wrote what is in it.
  await take(author, rooms);
  await db.query(HISTORY_OF_OURS, [rooms, UNREAD, "Where does it crackle?"]);
  await take(many, rooms);
  await take(few, rooms.slice(0, FEW));
  await db.query("vacuum analyze");
}

async function makeRoom(db: pg.Pool, messages: number): Promise<Past> {
  const roomId = newId();
  await db.query("insert into room (id, title) values ($1, 'bench')", [roomId]);
  await db.query("insert into member (room_id, user_id) values ($1, $2), ($1, $3)", [roomId, reader, author]);
  const root = await db.query<{ id: string }>(
    "insert into message (room_id, author_id, body) values ($1, $2, 'Where does it crackle?') returning id",
    [roomId, author],
  );
  for (let left = messages; left > 0; left -= CHUNK)
    await write(db, roomId, root.rows[0]?.id ?? "", Math.min(left, CHUNK));
  const middle = await db.query<{ id: string; seq: number }>(
    `select id, seq from message where room_id = $1 and thread_root is null
       and seq >= (select version / 2 from room where id = $1) order by seq limit 1`,
    [roomId],
  );
  const [found] = middle.rows;
  if (!found) throw new Error("The room is empty.");
  return { roomId, middle: found };
}

/** Numbers its own rows: one by one, each under the room's lock, a million would take an hour. */
async function write(db: pg.Pool, roomId: string, rootId: string, count: number): Promise<void> {
  await db.query(
    `with grown as (update room set version = version + $2, last_seq = version + $2 where id = $1 returning version - $2 as base)
     insert into message (room_id, seq, version, author_id, sent, body, thread_root)
     select $1, base + n, base + n, $3, md5('x')::uuid, 'It crackles at corner number ' || n, case when n % 20 = 0 then $4::uuid end
     from grown, generate_series(1, $2::int) n`,
    [roomId, count, author, rootId],
  );
}

const PAGES: Record<string, (past: Past) => Promise<unknown>> = {
  newestMillis: ({ roomId }) => pageBefore(reader, roomId, {}),
  middleMillis: ({ roomId, middle }) => pageBefore(reader, roomId, { before: middle.seq }),
  aroundMillis: ({ middle }) => pageAround(reader, middle.id),
};

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Turn by turn, so that what the machine does meanwhile it does to all sizes. Answers medians, by size and kind of page. */
async function pages({ turns }: { turns: number }): Promise<Record<string, number>[]> {
  const times = pasts.map(() => Object.fromEntries(Object.keys(PAGES).map((kind) => [kind, [] as number[]])));
  for (let turn = 0; turn < turns; turn++)
    for (const [kind, read] of Object.entries(PAGES))
      for (const [index, past] of pasts.entries()) times[index]?.[kind]?.push(await millisecondsOf(() => read(past)));
  return times.map((kinds) => Object.fromEntries(Object.entries(kinds).map(([kind, all]) => [kind, median(all)])));
}

async function lists({ turns }: { turns: number }): Promise<{ few: number; many: number }> {
  const times = { few: [] as number[], many: [] as number[] };
  for (let turn = 0; turn < turns; turn++) {
    times.few.push(await millisecondsOf(() => roomsOf(few)));
    times.many.push(await millisecondsOf(() => roomsOf(many)));
  }
  return { few: median(times.few), many: median(times.many) };
}

answer({ prepare, pages, lists });
