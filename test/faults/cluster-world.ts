import { afterAll, beforeAll } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { World } from "#test/world.ts";
import { FaultCluster } from "./cluster.ts";

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

/** The world of a test file that breaks its Postgres. */
export function inABreakableWorld(): { readonly cluster: FaultCluster; readonly world: World } {
  let cluster: FaultCluster | undefined;
  let world: World | undefined;
  beforeAll(async () => {
    cluster = await FaultCluster.open();
    world = worldOn(cluster.url);
  });
  afterAll(async () => {
    await world?.close();
    await cluster?.[Symbol.asyncDispose]();
  });
  const begun = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error("The world begins with the first test.");
    return part;
  };
  return {
    get cluster() {
      return begun(cluster);
    },
    get world() {
      return begun(world);
    },
  };
}
