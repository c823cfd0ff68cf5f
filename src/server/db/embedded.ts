import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { log } from "../log.ts";
import { type Cluster, createCluster, PostgresError, startCluster } from "./cluster.ts";
import { holdLock, takeOver } from "./owner.ts";

/** The database of an Earshot that was given none: a real Postgres 18 whose data stays under `directory`. */
const MAJOR = "18";
const RESTART_DELAY_MS = 500; // after kill -9 of the postmaster its children need a moment to notice
const RETRY_DELAY_MS = 5_000;

/** Small, because a node and its Postgres should idle in 400 MB together. Durability keeps its defaults: all on. */
const SETTINGS = {
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  io_method: "sync", // three worker processes fewer
  jit: "off",
  timezone: "UTC",
  log_min_messages: "warning",
};

/** What one node takes, and some for whoever looks: a migration, psql, a backup. Each costs Postgres memory even while unused. */
const FEWEST_CONNECTIONS = 60;
const FOR_OTHERS = 16;

export interface EmbeddedPostgres {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts, or makes and starts, the Postgres under `directory`, with room for so many connections. About 1.5 s the first
 * time, 0.2 s later. Throws PostgresError.
 */
export async function startEmbedded(opts: { directory: string; connections?: number }): Promise<EmbeddedPostgres> {
  const connections = Math.max(FEWEST_CONNECTIONS, (opts.connections ?? 0) + FOR_OTHERS);
  const settings = { ...SETTINGS, max_connections: String(connections) };
  const home = resolve(opts.directory);
  const data = join(home, "postgres");
  await mkdir(home, { recursive: true, mode: 0o755 }).catch((error: Error) => {
    throw new PostgresError(
      `A Postgres of its own needs a folder, and ${home} cannot be made (${error.message}). Set DATABASE_URL to use another one.`,
    );
  });
  const password = await remembered(join(home, "postgres-password"), () => randomBytes(24).toString("base64url"));
  await ensureCluster(home, data, password);
  await takeOver(data, (port) => urlOf(password, port, "postgres"));
  const port = await freePort(join(home, "postgres-port"));
  const cluster = await startCluster(data, port, settings);
  try {
    return await supervise(cluster, { data, port, password, settings });
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

const urlOf = (password: string, port: number, database: string) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

interface Place {
  data: string;
  port: number;
  password: string;
  settings: Record<string, string>;
}

/** Keeps the lock, and brings Postgres back on the same port when it dies without being asked to. */
async function supervise(first: Cluster, { data, port, password, settings }: Place): Promise<EmbeddedPostgres> {
  let cluster = first;
  let isStopping = false;
  const keepLock = async () => {
    const client = await holdLock(data, urlOf(password, port, "postgres"));
    client.once("end", () => {
      if (isStopping) return;
      keepLock().catch((error) => log().error({ error: String(error) }, "postgres.lock_lost"));
    });
    return client;
  };
  const revive = async (): Promise<void> => {
    await cluster.exited;
    if (isStopping) return;
    log().warn({ log: `${data}.log` }, "postgres.died");
    await sleep(RESTART_DELAY_MS);
    try {
      cluster = await startCluster(data, port, settings);
      if (isStopping) await cluster.stop();
      log().warn("postgres.restarted");
    } catch (error) {
      log().error({ error: String(error) }, "postgres.restart_failed");
      await sleep(RETRY_DELAY_MS);
    }
    return revive();
  };
  await ensureDatabase(await keepLock());
  void revive();
  return {
    url: urlOf(password, port, "earshot"),
    async stop() {
      isStopping = true;
      await cluster.stop();
    },
  };
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = 'earshot'");
  if (!rowCount) await client.query("create database earshot");
}

/** Made beside its place and moved there: a start that is interrupted leaves nothing half made. */
async function ensureCluster(home: string, data: string, password: string): Promise<void> {
  const version = await readFile(join(data, "PG_VERSION"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new PostgresError(`${data} cannot be read (${error.code}): it belongs to another account of this machine.`);
  });
  if (version?.trim() === MAJOR) return;
  if (version) {
    throw new PostgresError(
      `${data} was made by Postgres ${version.trim()}, and this is ${MAJOR}. Export it with the older one, or move it away.`,
    );
  }
  const fresh = join(home, `postgres.new-${process.pid}`);
  await createCluster(fresh, password);
  try {
    await rename(fresh, data);
  } catch {
    await rm(fresh, { recursive: true, force: true }); // another start was faster: its cluster is as good, its lock decides
  }
}

async function remembered(file: string, make: () => string): Promise<string> {
  await writeFile(file, make(), { flag: "wx", mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (cause) {
    const reason = `${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`;
    throw new PostgresError(`${reason}: it belongs to another account of this machine.`, { cause });
  }
}

/** The port of last time, so that a psql alias keeps working; another one when it is taken. Below 32768: no port of an outgoing connection. */
async function freePort(file: string): Promise<number> {
  const last = Number(await readFile(file, "utf8").catch(() => "0"));
  for (let port = last; ; port = 20_000 + Math.floor(Math.random() * 12_000)) {
    if (port === 0 || !(await isFree(port))) continue;
    await writeFile(file, String(port));
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => done(true)));
  });
}
