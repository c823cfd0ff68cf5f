import { join } from "node:path";
import type pg from "pg";
import { migrate } from "#server/db/migrate.ts";
import { usePool } from "#server/db/pool.ts";
import { pageAround, pageBefore } from "#server/domain/messages.ts";
import { roomsOf } from "#server/domain/rooms.ts";
import { newId } from "#shared/ids.ts";
import { CARELESS, startScratchCluster } from "#test/test-postgres.ts";
import { median, quantile, rounded } from "./statistics.ts";

/**
 * `npm run bench:history`: a page of fifty from a room of a million messages beside one of a thousand, and the list of
 * somebody who is in five hundred rooms, in one run. What the pages cost must not grow with what lies behind them.
 */
const SMALL = 1_000;
const LARGE = 1_000_000;
const CHUNK = 25_000;
const ROOMS = 500;
const ROUNDS = 300;

type Subject = { name: string; small: () => Promise<unknown>; large: () => Promise<unknown> };

async function makeRoom(db: pg.Pool, readerId: string, authorId: string, messages: number): Promise<string> {
  const roomId = newId();
  await db.query("insert into room (id, title) values ($1, 'bench')", [roomId]);
  await db.query("insert into member (room_id, user_id) values ($1, $2), ($1, $3)", [roomId, readerId, authorId]);
  const { rows } = await db.query<{ id: string }>(
    "insert into message (room_id, author_id, body) values ($1, $2, 'Where does it crackle?') returning id",
    [roomId, authorId],
  );
  for (let left = messages; left > 0; left -= CHUNK)
    await write(db, roomId, authorId, rows[0]?.id ?? "", Math.min(left, CHUNK));
  return roomId;
}

/** Numbers its own rows: one by one, each under the room's lock, a million would take an hour. One in twenty is a thread's. */
async function write(db: pg.Pool, roomId: string, authorId: string, rootId: string, count: number): Promise<void> {
  await db.query(
    `with grown as (update room set version = version + $2, last_seq = version + $2 where id = $1 returning version - $2 as base)
     insert into message (room_id, seq, version, author_id, sent, body, thread_root)
     select $1, base + n, base + n, $3, md5('x')::uuid, 'It crackles at corner number ' || n, case when n % 20 = 0 then $4::uuid end
     from grown, generate_series(1, $2::int) n`,
    [roomId, count, authorId, rootId],
  );
}

async function middleOf(db: pg.Pool, roomId: string): Promise<{ id: string; seq: number }> {
  const { rows } = await db.query<{ id: string; seq: number }>(
    `select id, seq from message where room_id = $1 and thread_root is null
       and seq >= (select version / 2 from room where id = $1) order by seq limit 1`,
    [roomId],
  );
  const [found] = rows;
  if (!found) throw new Error("The room is empty.");
  return found;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Turn by turn, so that what the machine does meanwhile it does to both. */
async function compare({ name, small, large }: Subject): Promise<string> {
  const times = { small: [] as number[], large: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.small.push(await millisecondsOf(small));
    times.large.push(await millisecondsOf(large));
  }
  const ratio = median(times.large.map((time, round) => time / (times.small[round] ?? Number.NaN)));
  const cells = [name, ...[times.small, times.large].flatMap((all) => [median(all), quantile(all, 0.99)]), ratio];
  return `| ${cells.map((cell) => (typeof cell === "number" ? rounded(cell) : cell)).join(" | ")} |`;
}

async function run(db: pg.Pool): Promise<void> {
  const [reader, author] = [newId(), newId()];
  await db.query(
    `insert into "user" (id, username, display_name) values ($1, 'reader', 'Reader'), ($2, 'author', 'Author')`,
    [reader, author],
  );
  console.log("Writing a thousand messages, and a million …");
  const [small, large] = [await makeRoom(db, reader, author, SMALL), await makeRoom(db, reader, author, LARGE)];
  const [smallMiddle, largeMiddle] = [await middleOf(db, small), await middleOf(db, large)];
  const [few, many] = [newId(), newId()];
  await db.query(`insert into "user" (id, username, display_name) values ($1, 'few', 'Few'), ($2, 'many', 'Many')`, [
    few,
    many,
  ]);
  for (let n = 0; n < ROOMS; n++) {
    const roomId = newId();
    await db.query("insert into room (id, title) values ($1, $2)", [roomId, `room ${n}`]);
    await db.query("insert into member (room_id, user_id) select $1, unnest($2::uuid[])", [
      roomId,
      n < 5 ? [author, few, many] : [author, many],
    ]);
    await db.query(
      `with grown as (update room set version = version + 200, last_seq = version + 200 where id = $1 returning version - 200 as base)
       insert into message (room_id, seq, version, author_id, sent, body)
       select $1, base + n, base + n, $2, md5('x')::uuid, 'Number ' || n from grown, generate_series(1, 200) n`,
      [roomId, author],
    );
  }
  await db.query("vacuum analyze");
  const subjects: Subject[] = [
    { name: "newest page", small: () => pageBefore(reader, small, {}), large: () => pageBefore(reader, large, {}) },
    {
      name: "page before the middle",
      small: () => pageBefore(reader, small, { before: smallMiddle.seq }),
      large: () => pageBefore(reader, large, { before: largeMiddle.seq }),
    },
    {
      name: "page around a message",
      small: () => pageAround(reader, smallMiddle.id),
      large: () => pageAround(reader, largeMiddle.id),
    },
    { name: "room list: 5 rooms and 500, 99+ unread in each", small: () => roomsOf(few), large: () => roomsOf(many) },
  ];
  console.log("\n| what | small, ms p50 | p99 | large, ms p50 | p99 | large / small |\n|---|--:|--:|--:|--:|--:|");
  for (const subject of subjects) console.log(await compare(subject));
}

const postgres = await startScratchCluster(CARELESS);
await migrate(postgres.url, join(import.meta.dirname, "../prisma/migrations"));
const db = usePool(postgres.url);
try {
  await run(db);
} finally {
  await db.end();
  await postgres.remove();
}
