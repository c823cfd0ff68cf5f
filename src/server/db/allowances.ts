import type pg from "pg";
import { DomainError } from "../errors.ts";
import { pool } from "./pool.ts";

export type Allowance = { burst: number; perMs: number };

/** Forgets the buckets that are full again: names that were tried once would stay for ever. */
export async function tidyAllowancesAsSystem(db: pg.Pool): Promise<void> {
  await db.query(
    "delete from allowance where key in (select key from allowance where tat < now() - interval '1 day' for update skip locked)",
  );
}

/** Fills a bucket that is spent further ahead than it takes to refill: the clock of Postgres went back, and it would refuse until it is there again. */
export async function forgetAllowanceAsSystem(db: pg.Pool, bucket: string): Promise<void> {
  await db.query("delete from allowance where key = $1", [bucket]);
}

/**
 * Spends one of `burst` tokens that refill within `perMs`; throws TOO_MANY_REQUESTS with the wait when none is left. The
 * bucket is a row, so all nodes share it.
 */
export async function spendAsSystem(bucket: string, { burst, perMs }: Allowance, sentence: string): Promise<void> {
  const { rows } = await pool().query<{ wait: number }>(
    "select allowance_take($1, $2, make_interval(secs => $3::double precision / 1000)) as wait",
    [bucket, burst, perMs / burst],
  );
  const retryAfterMs = rows[0]?.wait ?? 0;
  // Not at the first excess: the wait is told as of before the row was locked.
  if (retryAfterMs > 2 * perMs) return forgetAllowanceAsSystem(pool(), bucket);
  if (retryAfterMs > 0) throw new DomainError("TOO_MANY_REQUESTS", sentence, { retryAfterMs });
}
