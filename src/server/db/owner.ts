import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { PostgresError } from "./cluster.ts";
import { runningPostmaster, stopPostmaster } from "./postgres-process.ts";

/**
 * Whose an embedded Postgres is, is told by an advisory lock in it, held by the server that started it. A pid file
 * cannot tell: after `kill -9` of the server its Postgres lives on, and after a reboot the pid belongs to somebody else.
 * With the lock, a Postgres that runs while its lock is free is an orphan, which is stopped and started anew.
 */
const OWNER_LOCK = 720_018;
const GRACE_MS = 3_000; // a restart begins while the last server is still saying goodbye
const TIMEOUT_MS = 15_000; // while it starts up, recovers or shuts down, Postgres takes no connection
// A server whose Postgres has just come back holds the lock again within two POLL_MS; an orphan's stays free.
const ORPHAN_MS = 500;
const POLL_MS = 100;

/** Returns once no Postgres runs in `data`. Throws one clear line when it belongs to a server that lives. */
export async function takeOver(data: string, urlAt: (port: number) => string): Promise<void> {
  const startedAt = Date.now();
  let freeSince: number | undefined;
  for (;;) {
    const running = await runningPostmaster(data);
    if (!running) return;
    const state = await lockState(urlAt(running.port));
    freeSince = state === "free" ? (freeSince ?? Date.now()) : undefined;
    if (freeSince !== undefined && Date.now() - freeSince > ORPHAN_MS) {
      await stopPostmaster(running.pid);
      return;
    }
    const waitedMs = Date.now() - startedAt;
    if (state === "held" && waitedMs > GRACE_MS) throw inUse(data);
    if (waitedMs > TIMEOUT_MS) {
      throw new PostgresError(`The Postgres of ${data} (process ${running.pid}) does not answer.`);
    }
    await sleep(POLL_MS);
  }
}

async function lockState(url: string): Promise<"free" | "held" | "unreachable"> {
  try {
    const client = await tryLock(url);
    await client?.end();
    return client ? "free" : "held";
  } catch {
    return "unreachable";
  }
}

/** A connection that holds the lock until it ends. Waits for a Postgres that is just starting, and for a passing look. */
export async function holdLock(data: string, url: string): Promise<pg.Client> {
  const startedAt = Date.now();
  for (;;) {
    const waitedMs = Date.now() - startedAt;
    try {
      const client = await tryLock(url);
      if (client) return client;
      if (waitedMs > GRACE_MS) throw inUse(data);
    } catch (error) {
      if (error instanceof PostgresError || waitedMs > TIMEOUT_MS) throw error;
    }
    await sleep(POLL_MS);
  }
}

const inUse = (data: string) =>
  new PostgresError(`Another Earshot is already running on ${data}. Stop it first, or start this one elsewhere.`);

/** The connection with the lock; undefined when somebody else holds it. Throws when Postgres is not reachable. */
async function tryLock(url: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: url, application_name: "earshot owner", keepAlive: true });
  client.on("error", () => {}); // unheard it would end the process; "end" follows
  try {
    await client.connect();
    const { rows } = await client.query<{ isFree: boolean }>(`select pg_try_advisory_lock($1) as "isFree"`, [
      OWNER_LOCK,
    ]);
    if (rows[0]?.isFree) return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  await client.end();
  return undefined;
}
