import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import pg from "pg";
import { migrate } from "#server/db/migrate.ts";
import { newId } from "#shared/ids.ts";
import { administer, sibling } from "#test/test-postgres.ts";
import { bodyOf, type Cast, type CastSize, PER_TWENTY } from "./cast.ts";

/** Two databases on one durable server: ours, and a plain one for the peers. Only one is busy at any time. */
export type Databases = { ours: string; plain: string; version: string; cast: Cast };

/**
 * Messages in each room before the run, and then ANALYZE: Postgres plans for the tables of a chat that is in use. Planned
 * on empty tables, a plan that is kept costs more with every row until autovacuum comes by, and would be measured along.
 */
const HISTORY = 200;

/** $2 messages in each of the rooms $1. Imports number their own rows, under the rooms' locks. */
export const HISTORY_OF_OURS = `
  with grown as (update room set version = version + $2, last_seq = version + $2 where id = any($1::uuid[]) returning id, version)
  insert into message (room_id, seq, version, author_id, sent, body)
  select grown.id, grown.version - $2 + n, grown.version - $2 + n, member.user_id, md5($3)::uuid, $3
  from grown join lateral (select user_id from member where room_id = grown.id limit 1) member on true, generate_series(1, $2::int) n`;

const SECRET = randomBytes(24).toString("base64url");

/**
 * What a careful person writes first: the same columns, keys and foreign keys as ours. `message` is numbered by a trigger
 * and announced by row; `post` has neither, for the peers that emit by themselves.
 */
const PLAIN = `
  create table person (id uuid primary key);
  create table room (id uuid primary key, version bigint not null default 0);
  create table message (
    id uuid primary key, room_id uuid not null references room, seq bigint not null,
    author_id uuid not null references person, client_id uuid not null, body text not null,
    created_at timestamptz not null default now(), unique (room_id, seq), unique (author_id, client_id));
  create table post (like message including all);
  alter table post alter seq add generated always as identity,
    add foreign key (room_id) references room, add foreign key (author_id) references person;
  create function number() returns trigger language plpgsql as $$ begin
    update room set version = version + 1 where id = new.room_id returning version into new.seq; return new; end $$;
  create trigger number before insert on message for each row execute function number();
  create function ring() returns trigger language plpgsql as $$ begin
    perform pg_notify('message', new.id::text); return null; end $$;
  create trigger ring after insert on message for each row execute function ring();`;

export async function prepareDatabases(adminUrl: string, size: CastSize): Promise<Databases> {
  await administer(adminUrl, "create database bench_ours template template0");
  await administer(adminUrl, "create database bench_plain template template0");
  const [ours, plain] = [sibling(adminUrl, "bench_ours"), sibling(adminUrl, "bench_plain")];
  await migrate(ours, join(import.meta.dirname, "../prisma/migrations"));
  const [row] = await administer<{ version: string }>(adminUrl, "select current_setting('server_version') as version");
  const ids = (count: number) => Array.from({ length: count }, newId);
  const cast: Cast = {
    people: ids(size.people).map((id) => ({ id, cookie: "" })),
    hall: newId(),
    annex: newId(),
    crowd: newId(),
    pairs: ids(size.pairs),
    twenties: ids(size.people / PER_TWENTY),
  };
  await fillOurs(ours, cast, size);
  await fillPlain(plain, cast);
  return { ours, plain, version: row?.version ?? "?", cast };
}

/** What the processes of ours are told, and nothing else: the caps and the rate are on, but out of the way. */
export function environmentOf({ ours }: { ours: string }): Record<string, string> {
  return {
    DATABASE_URL: ours,
    AUTH_SECRET: SECRET,
    SOCKETS_PER_ADDRESS: "100000",
    RATE_MESSAGES_PER_MINUTE: String(SENDS_PER_MINUTE),
    LOG_LEVEL: "error",
  };
}

export const SENDS_PER_MINUTE = 1_000_000;

async function fillOurs(url: string, cast: Cast, size: CastSize): Promise<void> {
  const { people, pairs, twenties } = cast;
  const ids = people.map(({ id }) => id);
  const sids = people.map(() => randomBytes(32).toString("base64url"));
  const hashes = sids.map((sid) => createHash("sha256").update(sid).digest());
  await using(url, async (client) => {
    await client.query(
      `insert into "user" (id, username, display_name)
       select id, 'person-' || n, 'Person ' || n from unnest($1::uuid[]) with ordinality u (id, n)`,
      [ids],
    );
    await client.query(
      `insert into session (user_id, token_hash, expires_at)
       select id, hash, now() + interval '1 day' from unnest($1::uuid[], $2::bytea[]) u (id, hash)`,
      [ids, hashes],
    );
    await client.query("insert into room (id, title) select id, 'bench' from unnest($1::uuid[]) id", [
      [...bigRoomsOf(cast), ...pairs, ...twenties],
    ]);
    const seat = (roomIds: string[], perRoom: number) =>
      client.query(
        "insert into member (room_id, user_id) select room, ($2::uuid[])[(n - 1) * $3 + place] from unnest($1::uuid[]) with ordinality r (room, n), generate_series(1, $3::int) place",
        [roomIds, ids, perRoom],
      );
    for (const room of [cast.hall, cast.annex]) await seat([room], size.hall);
    await seat([cast.crowd], size.crowd);
    await seat(pairs, 2);
    await seat(twenties, PER_TWENTY);
    await client.query(HISTORY_OF_OURS, [[cast.crowd, ...pairs, ...twenties], HISTORY, bodyOf(0)]);
    await client.query("vacuum analyze");
  });
  for (const [place, person] of people.entries()) {
    const sealed = await encode({ token: { sid: sids[place] }, secret: SECRET });
    person.cookie = `next-auth.session-token=${sealed}`;
  }
}

const bigRoomsOf = ({ hall, annex, crowd }: Cast) => [hall, annex, crowd];

async function fillPlain(url: string, cast: Cast): Promise<void> {
  const { people, pairs, twenties } = cast;
  await using(url, async (client) => {
    await client.query(PLAIN);
    await client.query("insert into person select unnest($1::uuid[])", [people.map(({ id }) => id)]);
    await client.query("insert into room (id) select unnest($1::uuid[])", [
      [...bigRoomsOf(cast), ...pairs, ...twenties],
    ]);
    const past = [[cast.crowd, ...pairs, ...twenties], people[0]?.id, HISTORY, bodyOf(0)];
    const rows = "gen_random_uuid(), room, $2::uuid, gen_random_uuid(), $4";
    const from = "from unnest($1::uuid[]) room, generate_series(1, $3::int) n";
    await client.query(`insert into post (id, room_id, author_id, client_id, body) select ${rows} ${from}`, past);
    // Numbered here, without its triggers: a bell for each of these rows would take longer than all the rest.
    await client.query("alter table message disable trigger user");
    await client.query(
      `insert into message (id, room_id, author_id, client_id, body, seq) select ${rows}, n ${from}`,
      past,
    );
    await client.query("update room set version = $2 where id = any($1::uuid[])", [past[0], HISTORY]);
    await client.query("alter table message enable trigger user");
    await client.query("vacuum analyze");
  });
}

async function using(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
