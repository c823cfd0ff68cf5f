import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#test/database.ts";
import { migrate } from "./migrate.ts";

/** The clones are migrated already, so each of these tests begins by forgetting what its clone has recorded. */
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "earshot-migrations-"));
});
afterEach(() => rm(directory, { recursive: true }));

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, "migration.sql"), sql);
}

async function emptyDatabase(): Promise<TestDatabase> {
  const db = await testDatabase();
  await db.pool.query('drop table "_prisma_migrations"');
  return db;
}

const rowsOf = async (db: TestDatabase) =>
  (await db.pool.query('select * from "_prisma_migrations" order by started_at')).rows;

test("migrations are applied in order of their names, once", async () => {
  await using db = await emptyDatabase();
  await write("20260102000000_second", "alter table shelf add column width int");
  await write("20260101000000_first", "create table shelf (id int)");

  expect(await migrate(db.url, directory)).toEqual(["20260101000000_first", "20260102000000_second"]);
  expect(await migrate(db.url, directory)).toEqual([]);
  await write("20260103000000_third", "create index on shelf (width)");
  expect(await migrate(db.url, directory)).toEqual(["20260103000000_third"]);
});

test("what is recorded is what Prisma would record", async () => {
  await using db = await emptyDatabase();
  await write("20260101000000_first", "select 1");

  await migrate(db.url, directory);

  const [row] = await rowsOf(db);
  expect(row).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    // sha256 of "select 1", as `printf 'select 1' | sha256sum` prints it
    checksum: "822ae07d4783158bc1912bb623e5107cc9002d519e1143a9c200ed6ee18b6d0f",
    migration_name: "20260101000000_first",
    applied_steps_count: 1,
    logs: null,
    rolled_back_at: null,
    finished_at: expect.any(Date),
  });
});

test("a file that fails leaves nothing behind but the record of its failure, and blocks the next start", async () => {
  await using db = await emptyDatabase();
  await write("20260101000000_broken", "create table shelf (id int);\nselect * from nowhere;");

  await expect(migrate(db.url, directory)).rejects.toThrow(
    'Migration 20260101000000_broken failed: relation "nowhere" does not exist (line 2)',
  );

  expect((await db.pool.query("select to_regclass('shelf') as shelf")).rows).toEqual([{ shelf: null }]);
  const [row] = await rowsOf(db);
  expect(row).toMatchObject({ finished_at: null, applied_steps_count: 0, logs: expect.stringContaining("nowhere") });
  await expect(migrate(db.url, directory)).rejects.toThrow(/20260101000000_broken failed before/);
});

test("a failed migration that somebody has marked as rolled back is tried again", async () => {
  await using db = await emptyDatabase();
  await write("20260101000000_shelf", "create table shelf (id nonsense)");
  await expect(migrate(db.url, directory)).rejects.toThrow();

  await db.pool.query('update "_prisma_migrations" set rolled_back_at = now()');
  await write("20260101000000_shelf", "create table shelf (id int)");

  expect(await migrate(db.url, directory)).toEqual(["20260101000000_shelf"]);
});

test("a file that was edited after it had been applied is refused; other line ends are not an edit", async () => {
  await using db = await emptyDatabase();
  await write("20260101000000_shelf", "create table shelf (\n id int\n)");
  await migrate(db.url, directory);

  await write("20260101000000_shelf", "create table shelf (\r\n id int\r\n)");
  expect(await migrate(db.url, directory)).toEqual([]);

  await write("20260101000000_shelf", "create table shelf (\n id bigint\n)");
  await expect(migrate(db.url, directory)).rejects.toThrow("20260101000000_shelf was edited after it had been applied");
});

test("of two nodes that start at once, one applies and the other waits for it", async () => {
  await using db = await emptyDatabase();
  await write("20260101000000_slow", "create table shelf (id int); select pg_sleep(0.3)");

  const applied = await Promise.all([migrate(db.url, directory), migrate(db.url, directory)]);

  expect(applied.flat()).toEqual(["20260101000000_slow"]);
});

test("an index built concurrently does not deadlock with the node that waits", async () => {
  await using db = await emptyDatabase();
  await write("20260101000000_shelf", "create table shelf (id int)");
  await write("20260102000000_index", "create index concurrently shelf_id_idx on shelf (id)");

  const applied = await Promise.all([migrate(db.url, directory), migrate(db.url, directory)]);

  expect(applied.flat()).toHaveLength(2);
});

test("a database that is ahead of this build is left alone", async () => {
  await using db = await emptyDatabase();
  await write("20260101000000_shelf", "create table shelf (id int)");
  await migrate(db.url, directory);
  await rm(join(directory, "20260101000000_shelf"), { recursive: true });

  expect(await migrate(db.url, directory)).toEqual([]);
});

test("the repository's own migrations are recorded under the checksums of their files", async () => {
  await using db = await testDatabase();
  const own = join(import.meta.dirname, "../../../prisma/migrations");
  expect(await migrate(db.url, own)).toEqual([]);
  for (const { migration_name } of await rowsOf(db)) {
    await expect(readFile(join(own, migration_name, "migration.sql"), "utf8")).resolves.toBeTruthy();
  }
});
