import { expect, test } from "vitest";
import { inAWorld } from "#test/world.ts";
import { UnusableDatabaseError } from "./checks.ts";
import { assertRoomForNodes } from "./connections.ts";

const world = inAWorld();

test("as many nodes as Postgres has connections for are let in; more are refused in one line that says what to do", async () => {
  const { rows } = await world().pool.query(
    `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
          - coalesce(current_setting('reserved_connections', true)::int, 0) as free`,
  );
  const { free } = rows[0];
  // One node: its pool and the connection that listens.
  await expect(assertRoomForNodes(world().db.url, 1, free - 1)).resolves.toBeUndefined();
  const refused = await assertRoomForNodes(world().db.url, 2, free).catch((error: Error) => error);
  expect(refused).toBeInstanceOf(UnusableDatabaseError);
  expect((refused as Error).message).toBe(
    `EARSHOT_WORKERS: 2 nodes with DATABASE_POOL=${free} take up to ${2 * free + 2} connections, and this Postgres has ${free}. Lower one of the two, or raise max_connections.`,
  );
  await expect(assertRoomForNodes(world().db.url, 1, free)).rejects.toThrow(UnusableDatabaseError);
});
