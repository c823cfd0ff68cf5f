import { openPool } from "#server/db/pool.ts";
import { World } from "#test/world.ts";

/** The cast and the stage on a cluster of one's own. One for each test file: the pool is one per process. */
export function worldOn(url: string): World {
  return new World({
    url,
    name: "postgres",
    get pool() {
      return openPool(url, 10);
    },
    [Symbol.asyncDispose]: async () => {},
  });
}
