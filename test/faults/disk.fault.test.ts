import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, type World } from "#test/world.ts";
import { FaultCluster } from "./cluster.ts";
import { worldOn } from "./cluster-world.ts";
import { ServerProcess } from "./server.ts";
import { SmallDisk } from "./small-disk.ts";
import { Traffic } from "./traffic.ts";

/** Row 21: the disk under Postgres is full. */
const disk = SmallDisk.mount();
if (!disk)
  process.stdout.write("A full disk is not staged here: this process may not mount a small one (it takes root).\n");

let cluster: FaultCluster;
let world: World;
beforeAll(async () => {
  if (!disk) return;
  cluster = await FaultCluster.open({ home: disk.path, settings: { autovacuum: "off" } });
  world = worldOn(cluster.url);
});
afterAll(async () => {
  await world?.close();
  await cluster?.stop();
  disk?.unmount();
});

async function scene(full: SmallDisk) {
  const server = await ServerProcess.start({ databaseUrl: cluster.url });
  const traffic = await Traffic.open(world, [server.port, server.port], { answerWithinMs: 12_000 });
  return {
    server,
    traffic,
    async [Symbol.asyncDispose]() {
      full.free();
      await traffic[Symbol.asyncDispose]();
      expect([await server.stop(), server.screams]).toEqual([0, []]);
    },
  };
}

test.skipIf(!disk)(
  "with no room for rows: sends are refused as UNAVAILABLE and kept, what is there can be read, and all goes on once there is room",
  async () => {
    const full = disk as SmallDisk;
    await using on = await scene(full);
    const [ana, ben] = on.traffic.devices;
    on.traffic.start();
    await on.traffic.goesOn();
    full.fill();
    const refusals = new Set<string>();
    await eventually(
      async () => {
        await ben?.send("x".repeat(3_000)).then(
          (said) => on.traffic.said.push(said),
          (error) => refusals.add(error.data?.reason),
        );
        return refusals.size;
      },
      (count) => count > 0,
      30_000,
    );
    expect([...refusals]).toEqual(["UNAVAILABLE"]);
    const page = await ana?.api.message.page.query({ roomId: on.traffic.roomId });
    expect(page?.messages.length).toBeGreaterThan(0);
    expect((await fetch(`${on.server.http}/healthz`)).status).toBe(200);
    full.free();
    await on.traffic.goesOn();
    await on.traffic.prove();
  },
);

test.skipIf(!disk)(
  "with no room for its log, Postgres goes down; with room again and started again, all that was acknowledged is there",
  async () => {
    const full = disk as SmallDisk;
    await using on = await scene(full);
    on.traffic.start();
    await on.traffic.goesOn();
    full.fill();
    await world.pool.query("select pg_switch_wal()").catch(() => {});
    await eventually(
      () => fetch(`${on.server.http}/readyz`),
      ({ status }) => status === 503,
      30_000,
    );
    expect((await fetch(`${on.server.http}/healthz`)).status).toBe(200);
    full.free();
    await cluster.revive();
    await on.traffic.goesOn();
    await on.traffic.prove();
  },
);
