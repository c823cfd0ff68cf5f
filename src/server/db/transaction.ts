import type pg from "pg";
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

const heardLater = () => {};

async function once<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool().connect();
  // The pool listens to what it keeps, not to what it has lent: a backend that Postgres ends between two statements would
  // raise an `error` that nobody hears, which ends the process. The next statement fails of it.
  tx.on("error", heardLater);
  let failure: Error | undefined;
  try {
    await tx.query("begin");
    const result = await work(tx);
    await tx.query("commit");
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    await tx.query("rollback").then(
      () => {
        failure = undefined;
      },
      () => {},
    );
    throw error;
  } finally {
    // A connection that could not even roll back is thrown away.
    tx.release(failure);
    tx.off("error", heardLater);
  }
}
