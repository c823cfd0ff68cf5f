import type pg from "pg";
import { lend } from "./lend.ts";
import { pool } from "./pool.ts";
import { hasSqlState, SQLSTATE } from "./sqlstate.ts";

/** Somebody at a console may lock in another order than we do. Asked again, it goes through. */
const ATTEMPTS = 3;

/**
 * Runs `work` in one READ COMMITTED transaction on one connection, and again when Postgres broke it off for a deadlock or
 * a race. Whatever `work` throws rolls everything back. Lock rooms first, in id order, before any other row (R1).
 */
export async function inTransaction<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(work);
    } catch (error) {
      const isRace = hasSqlState(error, SQLSTATE.DEADLOCK_DETECTED, SQLSTATE.SERIALIZATION_FAILURE);
      if (!isRace || attempt === ATTEMPTS) throw error;
    }
  }
}

function once<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  return lend(
    pool(),
    async (tx) => {
      await tx.query("begin");
      const result = await work(tx);
      await tx.query("commit");
      return result;
    },
    (tx) => tx.query("rollback"),
  );
}
