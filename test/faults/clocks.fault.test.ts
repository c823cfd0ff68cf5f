import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Stage } from "#test/stage.ts";
import { inABreakableWorld } from "./cluster-world.ts";
import { ServerProcess } from "./server.ts";
import { Traffic } from "./traffic.ts";

/** Row 30: clocks that are wrong. Places are numbers, so no clock has a say in them. */
const LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
const hasLibrary = existsSync(LIBRARY);
if (!hasLibrary) process.stdout.write("Postgres keeps its right clock here: libfaketime is not installed.\n");

const HOUR_MS = 60 * 60_000;

const breakable = inABreakableWorld();

/** A module that puts the wall clock of its process off; timers go by another clock, and stay right. */
const shiftedBy = (ms: number) =>
  `data:text/javascript,${encodeURIComponent(`
    const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...given) { if (given.length > 0) super(...given); else super(Right.now() + ${ms}); }
      static now() { return Right.now() + ${ms}; }
    };`)}`;

async function scene(preload?: string) {
  const servers = await Promise.all([
    ServerProcess.start({ databaseUrl: breakable.cluster.url, ...(preload && { preload }) }),
    ServerProcess.start({ databaseUrl: breakable.cluster.url }),
  ]);
  return {
    wrong: servers[0],
    right: servers[1],
    async [Symbol.asyncDispose]() {
      for (const server of servers) expect([await server.stop(), server.screams]).toEqual([0, []]);
    },
  };
}

describe("a server whose clock is off", () => {
  test.each([
    ["two hours behind", -2 * HOUR_MS],
    ["two hours ahead", 2 * HOUR_MS],
  ])("%s is one with the other: one order, every word once", async (_, ms) => {
    await using on = await scene(shiftedBy(ms));
    await using traffic = await Traffic.open(breakable.world, [on.wrong.port, on.right.port]);
    traffic.start();
    await traffic.goesOn(200);
    await traffic.prove();
    expect(on.wrong.errors).toEqual([]);
  });

  test("ninety days ahead takes every sign-in for expired and lets nobody in; the other one does", async () => {
    await using on = await scene(shiftedBy(90 * 24 * HOUR_MS));
    const ana = await breakable.world.person("ana");
    const status = async (server: ServerProcess) => {
      const stage = new Stage(server.port);
      return stage
        .http1(ana)
        .room.list.query()
        .then(
          () => "welcome",
          (error) => error.data?.reason,
        );
    };
    expect([await status(on.wrong), await status(on.right)]).toEqual(["UNAUTHORIZED", "welcome"]);
  });
});

test.skipIf(!hasLibrary).each(["-2h", "+2h"])(
  "a Postgres that comes back with its clock off by %s goes on numbering where it was",
  async (offset) => {
    await using on = await scene();
    await using traffic = await Traffic.open(breakable.world, [on.wrong.port, on.right.port], {
      answerWithinMs: 5_000,
    });
    traffic.start();
    await traffic.goesOn(50);
    const before = await now();
    await breakable.cluster.stop();
    await breakable.cluster.start({}, { LD_PRELOAD: LIBRARY, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: "1" });
    expect(Math.abs((await now()) - before)).toBeGreaterThan(HOUR_MS);
    await traffic.goesOn(50);
    await breakable.cluster.stop();
    await breakable.cluster.start();
    await traffic.goesOn(50);
    await traffic.prove();
  },
);

const now = async () =>
  Number(
    (await breakable.world.pool.query<{ ms: number }>("select extract(epoch from clock_timestamp()) * 1000 as ms"))
      .rows[0]?.ms,
  );
