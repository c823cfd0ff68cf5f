import { expect, test } from "vitest";
import { inAWorld } from "#test/world.ts";
import { openPool } from "./pool.ts";
import { isUnreachable } from "./sqlstate.ts";
import { inTransaction } from "./transaction.ts";

const world = inAWorld();

test("a backend that Postgres ends between two statements fails its transaction, and nothing else", async () => {
  const broken = inTransaction(async (tx) => {
    const { rows } = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
    // Not `once`: it would listen for the very error that nobody else hears.
    const ended = new Promise<void>((resolve) => tx.on("end", resolve));
    await world().pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await ended;
    await tx.query("select 1");
  });
  const failure = await broken.catch((reason: unknown) => reason);
  expect(isUnreachable(failure), String(failure)).toBe(true);
  const { rows } = await inTransaction((tx) => tx.query<{ one: number }>("select 1 as one"));
  expect(rows).toEqual([{ one: 1 }]);
});

test("a pool that has ended, because the node is leaving, is not to be had: that is no fault of a call that comes too late", async () => {
  const left = openPool(world().db.url, 1);
  await left.end();
  const failure = await left.query("select 1").catch((reason: unknown) => reason);
  expect(isUnreachable(failure), String(failure)).toBe(true);
});
