import type pg from "pg";

const heardLater = () => {};

/**
 * Does some work on one connection of the pool. The pool listens to what it keeps, not to what it has lent: a backend that
 * dies meanwhile would raise an `error` that nobody hears, which ends the process. Here the work fails of it.
 *
 * After a failure the connection is thrown away, unless `mend` can put it right.
 */
export async function lend<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  mend?: (client: pg.PoolClient) => Promise<unknown>,
): Promise<T> {
  const client = await pool.connect();
  client.on("error", heardLater);
  let isSpoilt = false;
  try {
    return await work(client);
  } catch (error) {
    isSpoilt = mend
      ? await mend(client).then(
          () => false,
          () => true,
        )
      : true;
    throw error;
  } finally {
    client.release(isSpoilt);
    client.off("error", heardLater);
  }
}
