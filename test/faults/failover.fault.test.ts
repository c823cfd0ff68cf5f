import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { World } from "#test/world.ts";
import { FaultCluster } from "./cluster.ts";
import { worldOn } from "./cluster-world.ts";
import { Link } from "./link.ts";
import { ServerProcess } from "./server.ts";
import { Standby } from "./standby.ts";
import { Traffic } from "./traffic.ts";

/**
 * Faults in which the database becomes another one. The server knows one address, a link that leads to the primary, and
 * to the standby once that is promoted, as an address that moves does.
 */
let world: World;
let address: Link;
let cluster: FaultCluster;
let url: string;
beforeAll(async () => {
  cluster = await FaultCluster.open({ settings: { wal_level: "replica", max_wal_senders: "4" } });
  ({ link: address, url } = await Link.before(cluster.url));
  world = worldOn(url);
});
afterAll(async () => {
  await world?.close();
  await address?.close();
  await cluster?.[Symbol.asyncDispose]();
});

async function scene() {
  const server = await ServerProcess.start({ databaseUrl: url });
  const traffic = await Traffic.open(world, [server.port, server.port], { answerWithinMs: 5_000 });
  return {
    server,
    traffic,
    async [Symbol.asyncDispose]() {
      await traffic[Symbol.asyncDispose]();
      expect([await server.stop(), server.screams]).toEqual([0, []]);
    },
  };
}

/** The primary is gone for good, the standby takes its place, and the address leads there. */
async function failOver(standby: Standby): Promise<void> {
  await cluster.kill();
  await standby.promote();
  address.retarget({ port: standby.cluster.port });
  address.reset();
}

/** The cluster that the file began with, in its place again: for the next test. */
async function backToTheFirst(): Promise<void> {
  await cluster.start();
  address.retarget({ port: cluster.port });
  address.reset();
}

describe("a primary that is lost, with a standby that takes its place (row 20)", () => {
  test("which was synchronous: nothing that was acknowledged is lost", async () => {
    await using standby = await Standby.of(cluster, "synchronous");
    await using on = await scene();
    on.traffic.start(5);
    await on.traffic.goesOn(100);
    standby.link.set({ kind: "blackHole" });
    // Whatever is said now waits for the standby: it may not be acknowledged.
    const before = on.traffic.said.length;
    await failOver(standby);
    await on.traffic.goesOn(50);
    expect(before).toBeGreaterThan(0);
    await on.traffic.prove();
    expect(on.traffic.devices.map(({ resets }) => resets)).toEqual([2, 2]);
    await on.traffic[Symbol.asyncDispose]();
    await backToTheFirst();
  });

  test("which was not, and had fallen behind: what it never had is lost, people are told to begin anew, and see what there is", async () => {
    await using standby = await Standby.of(cluster, "asynchronous");
    await using on = await scene();
    on.traffic.start(5);
    await on.traffic.goesOn(50);
    standby.link.set({ kind: "blackHole" });
    await on.traffic.goesOn(200);
    await failOver(standby);
    await on.traffic.goesOn(50);
    await on.traffic.stop();
    await expect(on.traffic.proveTable()).rejects.toThrow("what was acknowledged is there");
    for (const device of on.traffic.devices) await on.traffic.proveScreen(device);
    expect(on.traffic.devices.map(({ resets }) => resets)).toEqual([2, 2]);
    await on.traffic[Symbol.asyncDispose]();
    await backToTheFirst();
  });
});

test("a backup of its files is put back, and history goes on from there: people begin anew, and keys that were lost may be used again (row 42)", async () => {
  await using on = await scene();
  on.traffic.start();
  await on.traffic.goesOn(30);
  await on.traffic.stop();
  await cluster.stop();
  await using backup = await cluster.copy();
  await cluster.start();
  on.traffic.start();
  await on.traffic.goesOn(60);
  await on.traffic.stop();
  await cluster.stop();
  await cluster.restoreFrom(backup);
  await cluster.start();
  // What docs/operations.md asks of whoever restores.
  await world.pool.query("update instance set epoch = gen_random_uuid()");
  const lost = on.traffic.said.splice(30);
  on.traffic.start();
  await on.traffic.goesOn(90);
  await on.traffic.prove();
  expect(on.traffic.devices.map(({ resets }) => resets)).toEqual([2, 2]);
  expect(lost.length).toBeGreaterThan(50);
});
