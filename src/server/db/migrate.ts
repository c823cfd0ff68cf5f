import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { CannotStart } from "../errors.ts";
import { log } from "../log.ts";

/**
 * Applies prisma/migrations at start, without Prisma's command line (it downloads an engine, and it is no production
 * dependency). Table, checksum and lock are Prisma's own, so `prisma migrate deploy` and this agree on what is applied.
 *
 * One file is one simple query and therefore one implicit transaction: it applies as a whole or not at all. The price:
 * `create index concurrently` must be the only statement of its file.
 */

/** Prisma's lock (schema-engine, `PRISMA_MIGRATE_ADVISORY_LOCK_ID`). A second node, or the CLI, waits for the first. */
const MIGRATION_LOCK = 72707369;
/** After this long it is worth a line in the log. */
const LOCK_PATIENCE_MS = 3_000;
const LOCK_RETRY_MS = 100;

const MIGRATIONS_TABLE = `
  create table if not exists "_prisma_migrations" (
    "id" varchar(36) primary key not null,
    "checksum" varchar(64) not null,
    "finished_at" timestamptz,
    "migration_name" varchar(255) not null,
    "logs" text,
    "rolled_back_at" timestamptz,
    "started_at" timestamptz not null default now(),
    "applied_steps_count" integer not null default 0
  )`;

/** One clear line: which migration, what happened, what to do. */
export class MigrationError extends CannotStart {}

interface Migration {
  name: string;
  sql: string;
}

interface Recorded {
  name: string;
  checksum: string;
  isFinished: boolean;
}

/** Brings the database up to date and returns the names it applied, oldest first. Throws MigrationError. */
export async function migrate(connectionString: string, directory: string): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const client = new pg.Client({ connectionString, application_name: "earshot migrate", keepAlive: true });
  // A connection that dies between two queries emits "error", which would end the process; the next query reports it.
  client.on("error", () => {});
  try {
    await client.connect();
    await lock(client);
    await client.query(MIGRATIONS_TABLE);
    const pending = pendingOf(migrations, await recorded(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } catch (error) {
    // A role that may not create tables, for one: Postgres says it well, the owner can mend it.
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new MigrationError(`The database could not be prepared: ${error.message}.`);
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}

/**
 * Tries again and again instead of waiting inside Postgres. A backend that waits in pg_advisory_lock() holds a snapshot;
 * `create index concurrently` in the node that has the lock waits for every older snapshot, and both would deadlock.
 */
async function lock(client: pg.Client): Promise<void> {
  const startedAt = Date.now();
  let hasTold = false;
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock($1) as locked", [
      MIGRATION_LOCK,
    ]);
    if (rows[0]?.locked) return;
    if (!hasTold && Date.now() - startedAt > LOCK_PATIENCE_MS) {
      hasTold = true;
      log().warn({}, "migrate.waiting_for_another_node");
    }
    await sleep(LOCK_RETRY_MS);
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(join(directory, name, "migration.sql"), "utf8") })),
  );
}

async function recorded(client: pg.Client): Promise<Recorded[]> {
  const { rows } = await client.query<Recorded>(
    `select migration_name as name, checksum, finished_at is not null as "isFinished"
       from "_prisma_migrations" where rolled_back_at is null order by started_at`,
  );
  return rows;
}

/** A name that is recorded but not in the directory is no error: an older build may run beside a newer database. */
function pendingOf(migrations: Migration[], rows: Recorded[]): Migration[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const unfinished = rows.find((row) => !row.isFinished);
  if (unfinished) {
    throw new MigrationError(
      `Migration ${unfinished.name} failed before (see "logs" in _prisma_migrations). Repair the database if it needs it, then say so: ` +
        `update "_prisma_migrations" set rolled_back_at = now() where migration_name = '${unfinished.name}' and finished_at is null`,
    );
  }
  return migrations.filter((migration) => {
    const row = byName.get(migration.name);
    if (row && !checksums(migration.sql).includes(row.checksum)) {
      throw new MigrationError(
        `Migration ${migration.name} was edited after it had been applied. Restore the file, and put the change into a new migration.`,
      );
    }
    return !row;
  });
}

async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query(`insert into "_prisma_migrations" (id, checksum, migration_name) values ($1, $2, $3)`, [
    id,
    checksum(sql),
    name,
  ]);
  try {
    await client.query(sql);
  } catch (error) {
    await noteFailure(client, id, error);
    throw new MigrationError(`Migration ${name} failed: ${describe(error, sql)}`, { cause: error });
  }
  await client.query(`update "_prisma_migrations" set finished_at = now(), applied_steps_count = 1 where id = $1`, [
    id,
  ]);
}

async function noteFailure(client: pg.Client, id: string, error: unknown): Promise<void> {
  try {
    // A file with its own BEGIN leaves its transaction open and broken; without one this is a mere notice.
    await client.query("rollback");
    await client.query(`update "_prisma_migrations" set logs = $2 where id = $1`, [id, String(error)]);
  } catch {
    // The connection is gone as well. The row without finished_at already tells the story; the caller throws the cause.
  }
}

function describe(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return String(error);
  const line = error.position ? ` (line ${sql.slice(0, Number(error.position)).split("\n").length})` : "";
  return `${error.message}${line}${error.hint ? ` Hint: ${error.hint}` : ""}`;
}

const checksum = (sql: string) => createHash("sha256").update(sql).digest("hex");

/** Git on Windows may check the same file out with other line ends; Prisma forgives that too. */
function checksums(sql: string): string[] {
  const unix = sql.replaceAll("\r\n", "\n");
  return [checksum(sql), checksum(unix), checksum(unix.replaceAll("\n", "\r\n"))];
}
