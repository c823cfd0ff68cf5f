import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { inject } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { administer, dropDatabase, sibling } from "./test-postgres.ts";

/**
 * A fresh, migrated database for one test or one file; only in `*.pg.test.ts`.
 *
 *     await using db = await testDatabase();
 *
 * At the end it is dropped, and a connection that somebody has left open fails the test by name: a leak of one test is
 * the exhausted pool of a server that has been up for a month.
 */
export interface TestDatabase extends AsyncDisposable {
  url: string;
  name: string;
  /** Opened at its first use and closed with the database. */
  readonly pool: pg.Pool;
}

const POOL_SIZE = 10;
const LEAK_GRACE_MS = 10_000; // Postgres ends a closed session a moment after the client has gone, on a busy machine a long one

export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject("postgres") ?? {};
  if (!adminUrl || !template) throw new Error("testDatabase() needs Postgres: name the file *.pg.test.ts.");
  const name = `earshot_test_${randomBytes(5).toString("hex")}`;
  await administer(adminUrl, `create database ${name} template ${template}`);
  const url = sibling(adminUrl, name);
  let pool: pg.Pool | undefined;
  return {
    url,
    name,
    get pool() {
      pool ??= openPool(url, POOL_SIZE);
      return pool;
    },
    async [Symbol.asyncDispose]() {
      if (pool && !pool.ended) await pool.end();
      const left = await leftOver(adminUrl, name);
      await dropDatabase(adminUrl, name);
      if (left.length > 0) throw new Error(`Connections left open at the end of the test: ${left.join("; ")}`);
    },
  };
}

async function leftOver(adminUrl: string, name: string): Promise<string[]> {
  const deadline = Date.now() + LEAK_GRACE_MS;
  for (;;) {
    const rows = await administer<{ session: string }>(
      adminUrl,
      `select concat_ws(' ', nullif(application_name, ''), state, left(query, 80)) as session
         from pg_stat_activity where datname = '${name}' and backend_type = 'client backend'`,
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ session }) => session);
    await sleep(20);
  }
}
