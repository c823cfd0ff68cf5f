import { pathToFileURL } from "node:url";
import type pg from "pg";
import { hashPassword } from "#server/auth/passwords.ts";
import { assertUsable } from "#server/db/checks.ts";
import { startEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { openPool } from "#server/db/pool.ts";
import { env } from "#server/env.ts";
import { newId } from "#shared/ids.ts";
import { CAST, CAST_PASSWORD, type CastName, LOBBY, ON_AIR } from "./fixtures.ts";

/**
 * `npm run seed`: fills an empty database with the cast, two rooms and what they say. Refuses one that already has
 * people: it is for looking around, never for a server that somebody uses.
 */
const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;

type Line = { author: CastName; body: string; at: Date };

/** Reads a script (fixtures.ts) as messages whose last day is today. */
export function readScript(script: string, now = new Date()): Line[] {
  const days = script.trim().split("\n---\n");
  return days.flatMap((day, index) => {
    const morning = new Date(now.getTime() - (days.length - index) * DAY_MS);
    morning.setUTCHours(7, 12, 0, 0);
    let atMs = morning.getTime();
    const lines: Line[] = [];
    for (const text of day.split("\n")) {
      const said = /^(ana|ben|cleo|dana|robin): (.*)$/.exec(text);
      const last = lines.at(-1);
      if (text === "") atMs += 95 * MINUTE_MS;
      else if (said) {
        const author = said[1] as CastName;
        atMs += (last?.author === author ? 1 : 4) * MINUTE_MS;
        lines.push({ author, body: said[2] ?? "", at: new Date(atMs) });
      } else if (last) last.body += `\n${text}`;
    }
    return lines;
  });
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
    const onAirId = newId();
    await client.query(
      "insert into room (id, slug, title, topic, created_by) values ($1, 'on-air', 'on-air', 'First broadcast Saturday at seven', $2)",
      [onAirId, people.ana],
    );
    for (const { username } of CAST) await join(client, lobbyId, people[username]);
    for (const username of ["ana", "ben", "cleo", "robin"] as const) await join(client, onAirId, people[username]);
    const messages = (await say(client, lobbyId, people, LOBBY)) + (await say(client, onAirId, people, ON_AIR));
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

async function seedPeople(client: pg.PoolClient): Promise<Record<CastName, string>> {
  const people = {} as Record<CastName, string>;
  for (const { username, name, role } of CAST) {
    people[username] = newId();
    const values = [people[username], username, name, await hashPassword(CAST_PASSWORD), role];
    await client.query(
      `insert into "user" (id, username, display_name, password_hash, role) values ($1, $2, $3, $4, $5)`,
      values,
    );
  }
  return people;
}

async function join(client: pg.PoolClient, roomId: string, userId: string): Promise<void> {
  await client.query("insert into member (room_id, user_id) values ($1, $2)", [roomId, userId]);
}

async function say(
  client: pg.PoolClient,
  roomId: string,
  people: Record<CastName, string>,
  script: string,
): Promise<number> {
  const lines = readScript(script);
  for (const { author, body, at } of lines) {
    await client.query("insert into message (room_id, author_id, body, created_at) values ($1, $2, $3, $4)", [
      roomId,
      people[author],
      body,
      at,
    ]);
  }
  return lines.length;
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
