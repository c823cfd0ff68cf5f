import { describe, expect, test, vi } from "vitest";
import { newId } from "#shared/ids.ts";
import { follow, say } from "#test/follow.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** The hub under conditions in which it could spin, hang or forget: each test names the one. */
const world = inAWorld();

async function scene() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  const stage = await world().serve(node);
  const seen = follow(stage.client(ben), roomId);
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 1,
  );
  return { ana, ben, roomId, node, stage, seen };
}

const reads = async (node: { metrics: { reads: { get(): Promise<{ values: { value: number }[] }> } } }) =>
  (await node.metrics.reads.get()).values[0]?.value ?? 0;

/** Calls back after each of the hub's reads, before the hub sees the answer. */
function afterEachRead(work: () => Promise<unknown>) {
  const original = world().pool.query.bind(world().pool) as (...args: unknown[]) => Promise<unknown>;
  vi.spyOn(world().pool, "query").mockImplementation((async (...args: unknown[]) => {
    const answer = await original(...args);
    if ((args[0] as { name?: string }).name === "read-changes") await work();
    return answer;
  }) as never);
}

describe("the hub", () => {
  test("keeps nothing of a room that nobody could prove: a stranger's guesses cost no memory", async () => {
    const { node, stage, roomId } = await scene();
    const dana = await world().person("dana");
    const guesses = [roomId, newId(), newId()].map((guess) => follow(stage.client(dana), guess));
    for (const guess of guesses)
      await eventually(
        () => guess.errors.length,
        (errors) => errors === 1,
      );
    expect(node.hub.rooms, "the one that ben watches").toBe(1);
  });

  test("comes to rest when a bell names a number that its room never reached, and hears what comes then", async () => {
    const { ana, roomId, node, seen } = await scene();
    const before = await reads(node);
    await world().pool.query("select pg_notify('earshot', $1)", [`r${roomId}:1-999999`]);
    await world().write(ana, roomId, "next");
    await eventually(seen.bodies, (bodies) => bodies.includes("next"));
    await node.hub.settled();
    expect((await reads(node)) - before).toBeLessThan(5);
    await world().write(ana, roomId, "and on");
    await eventually(seen.bodies, (bodies) => bodies.includes("and on"));
  });

  test("hears what is said while it reads because of such a bell", async () => {
    const { ana, roomId, node, seen } = await scene();
    let isLate = false;
    afterEachRead(async () => {
      if (isLate) return;
      isLate = true;
      await world().write(ana, roomId, "late");
      node.hub.hear(roomId, (await world().ledger(roomId)).version);
    });
    await world().pool.query("select pg_notify('earshot', $1)", [`r${roomId}:1-999999`]);
    await eventually(seen.bodies, (bodies) => bodies.includes("late"));
  });

  test("ends its sweep while people go on talking: a node under load comes back to live", async () => {
    const { ana, roomId, node } = await scene();
    let isTalking = true;
    afterEachRead(async () => {
      if (!isTalking) return;
      await world().write(ana, roomId, "and");
      // As if its bell had been heard at once: there is always more to read.
      node.hub.hear(roomId, (await world().ledger(roomId)).version);
    });
    await world().write(ana, roomId, "first");
    let isOver = false;
    const sweep = node.hub.sweep().then(() => {
      isOver = true;
    });
    await eventually(() => isOver, Boolean, 3_000).finally(() => {
      isTalking = false;
    });
    await sweep;
    await node.hub.settled();
  });

  test("goes on after a read that failed, and nothing is lost", async () => {
    const { ana, roomId, node, seen } = await scene();
    const original = world().pool.query.bind(world().pool) as (...args: unknown[]) => Promise<unknown>;
    let failures = 0;
    vi.spyOn(world().pool, "query").mockImplementation((async (...args: unknown[]) => {
      if ((args[0] as { name?: string }).name === "read-changes" && failures++ < 1)
        throw new Error("Connection terminated");
      return original(...args);
    }) as never);
    await world().write(ana, roomId, "through a fault");
    await eventually(seen.bodies, (bodies) => bodies.length > 0);
    expect(failures).toBeGreaterThan(1);
    expect(node.hub.seats).toBe(1);
  });

  test("tells everybody to come back when the epoch changes, and they begin anew with what is there", async () => {
    const { ana, roomId, node, seen } = await scene();
    await world().write(ana, roomId, "before");
    await eventually(seen.bodies, (bodies) => bodies.includes("before"));
    const [epoch, batches] = [node.hub.epoch, seen.batches.length];
    await world().pool.query("update instance set epoch = gen_random_uuid()");
    await world().pool.query("select pg_notify('earshot', 'a word from the future')");
    await eventually(() => seen.batches.slice(batches).some((batch) => batch.reset), Boolean);
    expect(node.hub.epoch).not.toBe(epoch);
    expect(seen.batches.at(-1)?.cursor.startsWith(node.hub.epoch)).toBe(true);
    await world().write(ana, roomId, "after");
    await eventually(
      () => seen.bodies().at(-1),
      (body) => body === "after",
    );
  });

  test("gives cursors that can be resumed from, also before it first heard of the epoch", async () => {
    const { ana, ben, roomId, stage, node } = await scene();
    await eventually(
      () => node.hub.epoch,
      (epoch) => epoch !== "",
    );
    node.hub.epoch = "";
    const client = stage.client(ana);
    const seen = follow(client, roomId);
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 2,
    );
    await eventually(
      () => seen.batches.length,
      (count) => count >= 2,
    );
    for (const { cursor } of seen.batches) expect(cursor).toMatch(/^[0-9a-f]{12}\.\d+$/);
    await say(client, roomId, `for ${ben.username}`);
    await eventually(seen.bodies, (bodies) => bodies.length === 1);
  });

  test("reads nothing more once it is stopped, whatever it had still heard", async () => {
    const { ana, roomId, node } = await scene();
    let isStopped: Promise<void> | null = null;
    let late = 0;
    const armed = vi.spyOn(globalThis, "setTimeout");
    const original = world().pool.query.bind(world().pool) as (...args: unknown[]) => Promise<unknown>;
    vi.spyOn(world().pool, "query").mockImplementation((async (...args: unknown[]) => {
      if ((args[0] as { name?: string }).name !== "read-changes") return original(...args);
      if (isStopped) late++;
      isStopped ??= node.stop();
      throw new Error("Cannot use a pool after calling end on the pool");
    }) as never);
    await world().write(ana, roomId, "too late");
    await eventually(() => isStopped !== null, Boolean);
    await isStopped;
    const pauses = armed.mock.calls.map(([, delayMs]) => delayMs);
    expect(pauses, "no look is planned for after the end").not.toContain(500);
    expect(late).toBe(0);
  });
});
