import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createCluster, startCluster } from "#server/db/cluster.ts";
import { migrate } from "#server/db/migrate.ts";

/**
 * A Postgres for tests, for the schema dump and for e2e: the server behind TEST_DATABASE_URL when that is set (its role
 * may create databases), else a Postgres 18 in a temporary directory. What it holds is worth nothing, so it does not
 * wait for the disk; a test about durability starts its own with `startScratchCluster({})`.
 */
export interface TestPostgres {
  /** The maintenance database, to create and drop others from. */
  adminUrl: string;
  stop(): Promise<void>;
}

export const CARELESS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
const SETTINGS = { shared_buffers: "128MB", max_connections: "120", io_method: "sync", jit: "off", timezone: "UTC" };

export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { adminUrl: given, stop: async () => {} };
  const cluster = await startScratchCluster(CARELESS);
  return { adminUrl: cluster.url, stop: cluster.remove };
}

export interface ScratchCluster {
  url: string;
  /** A clean restart: sessions are cut, Postgres comes back on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

/** A Postgres of one's own in a temporary directory, to stop, kill and restart. */
export async function startScratchCluster(settings: Record<string, string>): Promise<ScratchCluster> {
  const home = await mkdtemp(join(tmpdir(), "earshot-postgres-"));
  const data = join(home, "postgres");
  const password = randomBytes(12).toString("hex");
  await createCluster(data, password, ["--no-sync"]);
  const port = await freePort();
  const start = () => startCluster(data, port, { ...SETTINGS, ...settings });
  let cluster = await start();
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: () => cluster.stop(),
    async start() {
      cluster = await start();
    },
    async restart() {
      await cluster.stop();
      cluster = await start();
    },
    async remove() {
      await cluster.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Below 32768, where the system picks no port for outgoing connections: nobody takes it between here and its use. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const isFree = await new Promise<boolean>((done) => {
      const probe = createServer();
      probe.once("error", () => done(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => done(true)));
    });
    if (isFree) return port;
  }
}

/** One statement on the maintenance database. */
export async function administer<Row extends pg.QueryResultRow>(adminUrl: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "earshot test admin" });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
export function sibling(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

/** A database that is migrated once; every test clones it (about 50 ms) instead of migrating anew. */
export async function createTemplate(adminUrl: string): Promise<string> {
  const name = `earshot_template_${randomBytes(4).toString("hex")}`;
  // template0, not template1: what somebody has put into template1 of a shared server must not decide our tests.
  await administer(adminUrl, `create database ${name} template template0`);
  try {
    await migrate(sibling(adminUrl, name), join(import.meta.dirname, "../prisma/migrations"));
    return name;
  } catch (error) {
    await dropDatabase(adminUrl, name);
    throw error;
  }
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await administer(adminUrl, `drop database if exists ${name} with (force)`);
}
