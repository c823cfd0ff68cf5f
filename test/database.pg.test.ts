import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "./database.ts";

test("every test has a migrated database of its own", async () => {
  await using one = await testDatabase();
  await using other = await testDatabase();
  await one.pool.query("create table mark ()");

  expect((await other.pool.query("select to_regclass('mark') as mark")).rows).toEqual([{ mark: null }]);
  const applied = await one.pool.query('select count(*)::int as count from "_prisma_migrations"');
  expect(applied.rows[0].count).toBeGreaterThan(0);
});

test("a connection that is left open fails the test by name, one that is closed does not", async () => {
  const tidy = await testDatabase();
  const closed = new pg.Client({ connectionString: tidy.url });
  await closed.connect();
  await closed.end();
  await tidy[Symbol.asyncDispose]();

  const leaky = await testDatabase();
  const open = new pg.Client({ connectionString: leaky.url, application_name: "forgotten" });
  open.on("error", () => {});
  await open.connect();
  await expect(leaky[Symbol.asyncDispose]()).rejects.toThrow(/left open at the end of the test: forgotten idle/);
});
