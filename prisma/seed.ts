import { pathToFileURL } from "node:url";
import type pg from "pg";
import { hashPassword } from "#server/auth/passwords.ts";
import { assertUsable } from "#server/db/checks.ts";
import { startEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { openPool } from "#server/db/pool.ts";
import { env } from "#server/env.ts";
import { newId } from "#shared/ids.ts";
import { mentionsIn } from "#shared/markdown/mentions.ts";
import { CAST, CAST_PASSWORD, type CastName, DIRECT, GROUP, LOBBY, ON_AIR } from "./fixtures.ts";

/**
 * `npm run seed`: fills an empty database with the cast, two rooms and what they say. Refuses one that already has
 * people: it is for looking around, never for a server that somebody uses.
 */
const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;

type Line = {
  author: CastName;
  body: string;
  at: Date;
  /** Quotes the line before. */
  isQuote: boolean;
  replies: Line[];
  reactions: { emoji: string; by: CastName[] }[];
  pinnedBy: CastName | null;
};

const WHO = "ana|ben|cleo|dana|robin";
const SAID = new RegExp(`^(?<sign>> |\\^ |)(?<author>${WHO}): (?<words>.*)$`);
const REACTED = new RegExp(`^\\+ (?<emoji>\\S+) (?<by>(?:${WHO})(?: (?:${WHO}))*)$`);
const PINNED = new RegExp(`^! (?<by>${WHO})$`);

/** Reads a script (fixtures.ts) as messages whose last day is today. */
export function readScript(script: string, now = new Date()): Line[] {
  const days = script.trim().split("\n---\n");
  return days.flatMap((day, index) => {
    const morning = new Date(now.getTime() - (days.length - index) * DAY_MS);
    morning.setUTCHours(7, 12, 0, 0);
    return readDay(day, morning.getTime());
  });
}

function readDay(day: string, morningMs: number): Line[] {
  let atMs = morningMs;
  const lines: Line[] = [];
  for (const text of day.split("\n")) {
    const last = lines.at(-1);
    const latest = last?.replies.at(-1) ?? last;
    const { sign, author, words = "" } = SAID.exec(text)?.groups ?? {};
    const { emoji, by = "" } = REACTED.exec(text)?.groups ?? {};
    const pinner = PINNED.exec(text)?.groups?.by;
    if (text === "") atMs += 95 * MINUTE_MS;
    else if (author) {
      atMs += (latest?.author === author ? 1 : 4) * MINUTE_MS;
      const line = lineOf(author as CastName, words, new Date(atMs), sign === "^ ");
      (sign === "> " && last ? last.replies : lines).push(line);
    } else if (emoji && latest) latest.reactions.push({ emoji, by: by.split(" ") as CastName[] });
    else if (pinner && last) last.pinnedBy = pinner as CastName;
    else if (latest) latest.body += `\n${text}`;
  }
  return lines;
}

function lineOf(author: CastName, body: string, at: Date, isQuote: boolean): Line {
  return { author, body, at, isQuote, replies: [], reactions: [], pinnedBy: null };
}

/** Throws when anybody is there already. Everything in one transaction: a half-seeded database would look like a bug. */
export async function seed(db: pg.Pool): Promise<{ people: number; messages: number }> {
  const client = await db.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ id: string }>("select id from room where is_lobby for no key update");
    const lobbyId = rows[0]?.id ?? "";
    const { rowCount } = await client.query(`select 1 from "user" limit 1`);
    if (rowCount) throw new Error("This database has people in it already. The seed is for an empty one.");
    const people = await seedPeople(client);
    const onAirId = await makeRoom(client, {
      slug: "on-air",
      title: "on-air",
      topic: "First broadcast Saturday at seven",
    });
    const groupId = await makeRoom(client, { kind: "group", visibility: "private", title: "Blankets and biscuits" });
    const directId = await makeRoom(client, {
      kind: "direct",
      visibility: "private",
      directKey: [people.ana, people.cleo].sort().join("__"),
    });
    for (const { username } of CAST) await join(client, lobbyId, people[username]);
    await join(client, onAirId, people.ana, "owner");
    for (const username of ["ben", "cleo", "robin"] as const) await join(client, onAirId, people[username]);
    await join(client, groupId, people.dana, "owner");
    for (const username of ["ana", "ben"] as const) await join(client, groupId, people[username]);
    for (const username of ["ana", "cleo"] as const) await join(client, directId, people[username]);
    const messages =
      (await say(client, lobbyId, people, LOBBY)) +
      (await say(client, onAirId, people, ON_AIR)) +
      (await say(client, groupId, people, GROUP)) +
      (await say(client, directId, people, DIRECT));
    await readAll(client);
    await client.query("update member set left_at = now() where room_id = $1 and user_id = $2", [
      onAirId,
      people.robin,
    ]);
    await client.query("commit");
    return { people: CAST.length, messages };
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

async function seedPeople(client: pg.PoolClient): Promise<People> {
  const people = {} as People;
  for (const { username, name, role, hue, status } of CAST) {
    people[username] = newId();
    const values = [people[username], username, name, await hashPassword(CAST_PASSWORD), role, hue, ...status];
    await client.query(
      `insert into "user" (id, username, display_name, password_hash, role, avatar_hue, status_emoji, status_text)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values,
    );
  }
  return people;
}

type NewRoom = {
  kind?: string;
  visibility?: string;
  slug?: string;
  title?: string;
  topic?: string;
  directKey?: string;
};

async function makeRoom(client: pg.PoolClient, room: NewRoom): Promise<string> {
  const id = newId();
  const { kind = "channel", visibility = "public", slug = null, title = "", topic = "", directKey = null } = room;
  await client.query(
    "insert into room (id, kind, visibility, slug, title, topic, direct_key) values ($1, $2, $3, $4, $5, $6, $7)",
    [id, kind, visibility, slug, title, topic, directKey],
  );
  return id;
}

async function join(client: pg.PoolClient, roomId: string, userId: string, role = "member"): Promise<void> {
  await client.query("insert into member (room_id, user_id, role) values ($1, $2, $3)", [roomId, userId, role]);
}

type People = Record<CastName, string>;

async function say(client: pg.PoolClient, roomId: string, people: People, script: string): Promise<number> {
  let count = 0;
  let before: string | null = null;
  for (const line of readScript(script)) {
    before = await write(client, { roomId, people, line, replyTo: line.isQuote ? before : null, root: null });
    for (const reply of line.replies) await write(client, { roomId, people, line: reply, replyTo: null, root: before });
    count += 1 + line.replies.length;
  }
  return count;
}

type Writing = { roomId: string; people: People; line: Line; replyTo: string | null; root: string | null };

async function write(client: pg.PoolClient, { roomId, people, line, replyTo, root }: Writing): Promise<string> {
  const id = newId();
  const mentions = mentionsIn(line.body).names.join(",") || null;
  await client.query(
    `insert into message (id, room_id, author_id, body, created_at, reply_to, thread_root, mentions)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, roomId, people[line.author], line.body, line.at, replyTo, root, mentions],
  );
  for (const { emoji, by } of line.reactions)
    for (const who of by)
      await client.query("insert into reaction (message_id, user_id, emoji) values ($1, $2, $3)", [
        id,
        people[who],
        emoji,
      ]);
  if (line.pinnedBy)
    await client.query("update message set pinned_at = $2, pinned_by = $3 where id = $1", [
      id,
      line.at,
      people[line.pinnedBy],
    ]);
  return id;
}

/** Everybody has read everything, but ana the last day on the air: there is something to come back to. */
async function readAll(client: pg.PoolClient): Promise<void> {
  await client.query(
    `update receipt set last_read_seq = room.last_seq, last_delivered_seq = room.last_seq, read_at = now(), delivered_at = now()
     from room where room.id = receipt.room_id`,
  );
  await client.query(
    `update receipt set last_read_seq = (
       select seq from message m where m.room_id = receipt.room_id and m.thread_root is null order by seq desc offset 8 limit 1)
     from room, "user" where room.id = receipt.room_id and room.slug = 'on-air'
       and "user".id = receipt.user_id and "user".username = 'ana'`,
  );
}

async function main(): Promise<void> {
  const embedded = env().DATABASE_URL ? null : await startEmbedded({ directory: ".earshot" });
  const url = env().DATABASE_URL ?? embedded?.url ?? "";
  await assertUsable(url);
  await migrate(url, "prisma/migrations");
  const db = openPool(url, 2);
  try {
    const { people, messages } = await seed(db);
    process.stdout.write(
      `${people} people and ${messages} messages. Sign in as ana, ben, cleo, dana or robin with "${CAST_PASSWORD}".\n`,
    );
  } finally {
    await db.end();
    await embedded?.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
