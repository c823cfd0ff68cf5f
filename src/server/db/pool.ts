import pg from "pg";
import { env } from "../env.ts";
import { log } from "../log.ts";
import { oncePerProcess } from "./once.ts";

/** bigint (room versions, places) as a number: exact up to 2^53, and a room that changes a million times a second needs 285 years to get there. */
const BIGINT_OID = 20;
const types = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    return oid === BIGINT_OID && format !== "binary" ? Number : pg.types.getTypeParser(oid, format as "text");
  },
} as pg.CustomTypesConfig;

/** What waits for one room waits for batches of a few milliseconds each: beyond this somebody holds it. */
const LOCK_TIMEOUT_MS = 3_000;
/** Between the statements of one transaction nothing is waited for but this process. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** A pool on a database of your choice: what tests and a second node use. */
export function openPool(url: string, connections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types,
    application_name: "earshot",
    connectionTimeoutMillis: 5_000,
    // A call that Postgres does not answer holds a connection, and ten of them hold the node.
    query_timeout: 15_000,
    // Somebody at a console who forgets to say commit must not hold a verb, and a connection of ours, for as long.
    lock_timeout: LOCK_TIMEOUT_MS,
    // And a node that stands still in the middle of a verb, or is cut off there, must not hold a room for everybody else.
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
  });
  // An idle connection that Postgres closes raises `error` here; unheard, it would end the process.
  pool.on("error", (error) => log().warn({ error: error.message }, "pool.lost_connection"));
  return pool;
}

/** This process's database. server.ts calls it first, with the address that it settled on. */
export function usePool(url: string): pg.Pool {
  return oncePerProcess("pool", () => openPool(url, env().DATABASE_POOL));
}

export function pool(): pg.Pool {
  return oncePerProcess("pool", () => {
    const url = env().DATABASE_URL;
    if (!url) throw new Error("The pool is asked for before server.ts opened it.");
    return openPool(url, env().DATABASE_POOL);
  });
}
