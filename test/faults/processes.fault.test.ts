import { describe, expect, test } from "vitest";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";
import type { Device } from "./device.ts";
import { type PoolState, ServerProcess } from "./server.ts";
import { Traffic } from "./traffic.ts";

/** Faults of the server's own process, with another beside it on the same database. */
const world = inAWorld();

/** After so many words each of its lives ends: drawn once, and the same ever since. */
const MOMENTS = [41, 7, 1, 58, 23, 3, 34, 12, 49, 18];

/** Two processes; ana is at the first, ben at the second, cleo at the first as well. */
async function scene() {
  const servers = await Promise.all([1, 2].map(() => ServerProcess.start({ databaseUrl: world().db.url })));
  const [one, two] = servers as [ServerProcess, ServerProcess];
  const traffic = await Traffic.open(world(), [one.port, two.port, one.port]);
  return {
    one,
    two,
    traffic,
    async [Symbol.asyncDispose]() {
      await traffic[Symbol.asyncDispose]();
      for (const server of servers) {
        await server[Symbol.asyncDispose]();
        expect([server.errors, server.screams]).toEqual([[], []]);
      }
    },
  };
}

test("two processes are one server: what is said at either is on every screen in one order (row 14)", async () => {
  await using on = await scene();
  on.traffic.start();
  await on.traffic.goesOn(200);
  await on.traffic.prove();
});

test("a process that is asked to leave while people talk answers what it took, leaves in time, and its people go on at the other (row 10)", async () => {
  await using on = await scene();
  on.traffic.start();
  await on.traffic.goesOn();
  for (const device of on.traffic.devices) device.port = on.two.port;
  const began = performance.now();
  expect(await on.one.stop()).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(on.one.log.filter(({ msg }) => msg === "shutdown.late")).toEqual([]);
  await on.traffic.goesOn();
  await on.traffic.prove();
});

test("a process that is killed at any moment, ten times over, loses nothing that was acknowledged and says nothing twice (row 11)", async () => {
  await using on = await scene();
  on.traffic.start(5);
  for (const words of MOMENTS) {
    await on.traffic.goesOn(words);
    await on.one.kill("SIGKILL");
    await on.one.start();
  }
  await on.traffic.goesOn();
  await on.traffic.prove();
}, 180_000);

describe("a process that stands still", () => {
  test("for as long as its people take to give it up: they go on elsewhere, nothing is said twice, and awake again it catches up (row 12)", async () => {
    await using on = await scene();
    on.traffic.start();
    await on.traffic.goesOn();
    const began = performance.now();
    await on.one.kill("SIGSTOP");
    const [ana, , cleo] = on.traffic.devices as [Device, Device, Device];
    for (const device of [ana, cleo]) device.port = on.two.port;
    await eventually(
      () => Math.min(ana.sockets.length, cleo.sockets.length),
      (sockets) => sockets > 1,
      30_000,
    );
    await on.traffic.goesOn(100);
    // Longer than its lease and than LISTEN's patience: what it wakes up to is not what it knew.
    await eventually(
      () => performance.now() - began,
      (passedMs) => passedMs > 10_000,
      30_000,
    );
    await on.one.kill("SIGCONT");
    await on.traffic.goesOn();
    ana.port = on.one.port;
    ana.sockets.at(-1)?.terminate();
    await on.traffic.goesOn();
    await eventually(
      () => fetch(`${on.one.http}/readyz`),
      ({ ok }) => ok,
      30_000,
    );
    await on.traffic.prove();
    expect(on.one.log.length).toBeLessThan(10);
  });

  test("for two seconds, with its loop held, keeps every socket, and LISTEN (row 13)", async () => {
    await using on = await scene();
    on.traffic.start();
    await on.traffic.goesOn();
    await on.one.block(2_000);
    await on.traffic.goesOn();
    await on.traffic.prove();
    expect(on.traffic.devices.map(({ sockets }) => sockets.length)).toEqual([1, 1, 1]);
    expect(on.one.log).toEqual([]);
  });
});

test("three hundred people come back at once after a restart: all of them, through a pool of ten, while the server stays awake (row 29)", async () => {
  const server = await ServerProcess.start({ databaseUrl: world().db.url });
  await using traffic = await Traffic.open(world(), Array(300).fill(server.port));
  await server.kill("SIGKILL");
  const [ana] = traffic.people;
  for (let word = 0; word < 20; word++) await world().write(ana as Somebody, traffic.roomId, `meanwhile ${word}`);
  await server.start();
  const pools: PoolState[] = [];
  await eventually(
    async () => {
      pools.push(await server.pool());
      expect((await fetch(`${server.http}/healthz`)).ok).toBe(true);
      return traffic.devices.filter(({ state }) => state.messages.size === 20).length;
    },
    (back) => back === 300,
    30_000,
  );
  await traffic.prove();
  expect(Math.max(...pools.map(({ size }) => size))).toBeLessThanOrEqual(10);
  expect((await server.pool()).waiting).toBe(0);
  await traffic[Symbol.asyncDispose]();
  expect([await server.stop(), server.errors, server.screams]).toEqual([0, [], []]);
});

describe("whoever may no longer hear, by a word at another place, while people talk", () => {
  test("in a room has what is below the removal's number and nothing above it (row 36)", async () => {
    await using on = await scene();
    const cleo = on.traffic.devices.pop() as Device;
    on.traffic.start();
    await on.traffic.goesOn();
    on.traffic.givenUp.push(await versionOf(cleo.person));
    const removedAt = await world().remove(cleo.person, on.traffic.roomId);
    await on.traffic.goesOn();
    await eventually(
      () => cleo.troubles,
      (troubles) => troubles.length > 0,
      5_000,
    );
    expect(cleo.troubles).toEqual(["REMOVED"]);
    await on.traffic.prove();
    const seqs = cleo.shown.map(({ seq }) => seq);
    expect(seqs.filter((seq) => seq > removedAt)).toEqual([]);
    expect(seqs.at(-1)).toBe(removedAt - 1);
    await cleo.close();
  });

  test("at all, because the session ended, loses the socket with 4401 and hears nothing that was said after (row 37)", async () => {
    await using on = await scene();
    const cleo = on.traffic.devices.pop() as Device;
    const codes: number[] = [];
    cleo.sockets[0]?.on("close", (code) => codes.push(code));
    on.traffic.start();
    await on.traffic.goesOn();
    await world().pool.query("update session set revoked_at = now() where id = $1", [cleo.person.sessionId]);
    const { version } = await world().ledger(on.traffic.roomId);
    await on.traffic.goesOn();
    await eventually(
      () => codes,
      (seen) => seen.length > 0,
      5_000,
    );
    expect(codes).toEqual([4401]);
    await on.traffic.prove();
    expect(Math.max(...cleo.shown.map(({ seq }) => seq))).toBeLessThanOrEqual(version);
    await cleo.close();
  });
});

async function versionOf({ id }: Somebody): Promise<number> {
  const { rows } = await world().pool.query<{ version: number }>("select version from member where user_id = $1", [id]);
  return rows[0]?.version ?? 0;
}
