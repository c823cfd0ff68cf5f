import type { Socket } from "node:net";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { inAWorld } from "#test/world.ts";
import { ServerProcess } from "./server.ts";
import { Traffic } from "./traffic.ts";

/** Faults inside Postgres: somebody who holds what all need, and somebody who does not listen. */
const world = inAWorld();

/** A room that somebody holds, and one beside it on the same server. */
async function scene() {
  const server = await ServerProcess.start({ databaseUrl: world().db.url });
  const opts = { answerWithinMs: 12_000 };
  const held = await Traffic.open(world(), [server.port], opts);
  const free = await Traffic.open(world(), [server.port], opts);
  return {
    server,
    held,
    free,
    async [Symbol.asyncDispose]() {
      for (const traffic of [held, free]) await traffic[Symbol.asyncDispose]();
      expect([await server.stop(), server.screams]).toEqual([0, []]);
    },
  };
}

/** Somebody at a console who has changed a room and has not said commit. */
async function holding(roomId: string) {
  const client = new pg.Client({ connectionString: world().db.url });
  client.on("error", () => {});
  await client.connect();
  await client.query("begin");
  await client.query("update room set title = title where id = $1", [roomId]);
  return {
    [Symbol.asyncDispose]: () => client.end(),
  };
}

/** It listens, and never reads what it is told. */
async function deafListener() {
  const client = new pg.Client({ connectionString: world().db.url });
  client.on("error", () => {});
  await client.connect();
  await client.query("listen earshot");
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.pause();
  return {
    async [Symbol.asyncDispose]() {
      stream.destroy();
    },
  };
}

describe("a room that is held by a transaction that does not end (rows 23 and 25)", () => {
  test("does not silence the others: their sends go on, its own are refused as UNAVAILABLE and wait, and go out once it is free", async () => {
    await using on = await scene();
    on.free.start(2);
    {
      await using _ = await holding(on.held.roomId);
      on.held.start(2);
      const refused = await on.held.devices[0]?.send("now?").catch((error) => error.data?.reason);
      expect(refused).toBe("UNAVAILABLE");
      await on.free.goesOn(20);
      expect(on.held.said).toEqual([]);
      await on.free.goesOn(20);
    }
    await on.held.goesOn();
    await Promise.all([on.held.prove(), on.free.prove()]);
    expect((await on.server.pool()).waiting).toBe(0);
  });

  test("is free again after a while when it was one of our own that stood still, or was cut off, in the middle of a verb", async () => {
    await using on = await scene();
    const pool = openPool(world().db.url, 1);
    const stranded = await pool.connect();
    const ended: string[] = [];
    stranded.on("error", (error: Error & { code?: string }) => ended.push(error.code ?? ""));
    await stranded.query("begin");
    await stranded.query("update room set title = title where id = $1", [on.held.roomId]);
    on.held.start(1);
    await on.held.goesOn();
    expect(ended).toContain("25P03");
    stranded.release(true);
    await pool.end();
    await on.held.prove();
  });
});

test("a thousand messages in one commit, while another listener never reads what it is told: everybody has them all (row 26)", async () => {
  await using on = await scene();
  await using _ = await deafListener();
  const { roomId, people } = on.free;
  for (const round of [1, 2])
    await world().pool.query(
      "insert into message (room_id, author_id, body) select $1, $2, $3 || n from generate_series(1, 1000) n",
      [roomId, people[0]?.id, `round ${round}, `],
    );
  on.free.start();
  await on.free.goesOn(200);
  await on.free.prove();
  expect(on.free.devices[0]?.shown.length).toBeGreaterThan(2_200);
  expect(on.free.devices[0]?.gaps).toBe(0);
});
