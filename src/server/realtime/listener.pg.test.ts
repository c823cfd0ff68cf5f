import { describe, expect, test } from "vitest";
import type { LiveNode } from "#server/realtime/live-node.ts";
import { applied, follow } from "#test/follow.ts";
import { Wire } from "#test/wire.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** R4: listening proves itself. However it fails, the node knows, says so, and nothing is lost. */
const world = inAWorld();

const listeners = (sql: string) =>
  world().pool.query(
    `${sql} from pg_stat_activity where datname = current_database() and application_name = 'earshot listener'`,
  );

async function scene(opts: { url?: string; beatMs?: number } = {}) {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node(opts);
  const states: string[] = [];
  const stage = await world().serve(node);
  const client = stage.client(ben);
  client.api.me.feed.subscribe(undefined, { onData: (event) => event.type === "node" && states.push(event.listening) });
  const seen = follow(client, roomId);
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 1,
  );
  return { ana, ben, roomId, node, states, seen };
}

const becomes = (node: LiveNode, state: string) =>
  eventually(
    () => node.listener.state,
    (now) => now === state,
  );

describe("the listening connection", () => {
  test("that is terminated comes back by itself, and what was said meanwhile arrives once", async () => {
    const { ana, roomId, node, states, seen } = await scene();
    for (let round = 0; round < 3; round++) {
      await listeners("select pg_terminate_backend(pid)");
      await world().write(ana, roomId, `in the dark ${round}`);
      // Nobody heard its bell, and nobody says anything more: the look after the reconnect has to find it.
      await eventually(seen.bodies, (bodies) => bodies.includes(`in the dark ${round}`));
      await becomes(node, "live");
      await world().write(ana, roomId, `in the light ${round}`);
      await eventually(seen.bodies, (bodies) => bodies.includes(`in the light ${round}`));
    }
    expect(seen.bodies()).toEqual([0, 1, 2].flatMap((round) => [`in the dark ${round}`, `in the light ${round}`]));
    expect(applied(seen.batches).gaps).toBe(0);
    await eventually(
      () => states,
      (all) => all.includes("polling") && all.at(-1) === "live",
    );
    expect((await node.metrics.reconnects.get()).values[0]?.value).toBeGreaterThanOrEqual(4);
    expect((await listeners("select 1")).rowCount, "no connection is left over").toBe(1);
  });

  test("that falls silent is noticed by its own heartbeat; meanwhile the node asks, and later it hears again", async () => {
    await using wire = await Wire.before(world().db.url);
    const { ana, roomId, node, seen } = await scene({ url: wire.url, beatMs: 100 });
    wire.isSilent = true;
    await becomes(node, "polling");
    await world().write(ana, roomId, "while deaf");
    await eventually(seen.bodies, (bodies) => bodies.includes("while deaf"));
    expect(node.listener.state).not.toBe("live");
    wire.isSilent = false;
    wire.cutAll();
    await becomes(node, "live");
    await world().write(ana, roomId, "heard again");
    await eventually(seen.bodies, (bodies) => bodies.includes("heard again"));
    expect(seen.bodies()).toEqual(["while deaf", "heard again"]);
    await node.stop();
  });

  test("that falls silent in the middle of LISTEN does not hold the node for ever", async () => {
    await using wire = await Wire.before(world().db.url);
    const node = await scene({ url: wire.url, beatMs: 100 }).then((on) => on.node);
    wire.toServer = (chunk) => (chunk.includes("listen earshot") ? "lose" : "pass");
    wire.cutAll();
    await becomes(node, "polling");
    const made = wire.made;
    await eventually(
      () => wire.made,
      (count) => count > made + 1,
      15_000,
    );
    wire.toServer = () => "pass";
    await becomes(node, "live");
    await node.stop();
  }, 30_000);

  test("that cannot be had at all leaves a node that asks once a second; people come and go, and get everything", async () => {
    await using wire = await Wire.before(world().db.url);
    wire.isClosed = true;
    const { ana, ben, roomId, node, states, seen } = await scene({ url: wire.url });
    expect(node.listener.state).toBe("polling");
    await eventually(
      () => states.at(-1),
      (state) => state === "polling",
    );
    await world().write(ana, roomId, "by asking");
    await eventually(seen.bodies, (bodies) => bodies.includes("by asking"));
    const another = await world().room(ana);
    await world().join(ben, another);
    await world().pool.query("update session set revoked_at = clock_timestamp() where id = $1", [ben.sessionId]);
    await eventually(
      () => node.sockets.count,
      (count) => count === 0,
      3_000,
    );
    await node.stop();
  });

  test("and an unknown word on it make the node look everywhere", async () => {
    const { ana, roomId, seen } = await scene();
    await world().silently("update room set version = version + 1, last_seq = version + 1 where id = $1", [roomId]);
    const { version } = await world().ledger(roomId);
    await world().silently(
      "insert into message (room_id, author_id, body, sent, seq, version) values ($1, $2, 'restored', gen_random_uuid(), $3, $3)",
      [roomId, ana.id, version],
    );
    expect(seen.bodies()).toEqual([]);
    await world().pool.query("select pg_notify('earshot', 'x-from-a-newer-version')");
    await eventually(seen.bodies, (bodies) => bodies.includes("restored"));
  });
});

describe("a node that asks", () => {
  test("tells people of the rooms they were taken into, too", async () => {
    await using wire = await Wire.before(world().db.url);
    wire.isClosed = true;
    const { ben, node } = await scene({ url: wire.url });
    const titles: string[][] = [];
    const { api } = (await world().serve(node)).client(ben);
    api.me.feed.subscribe(undefined, {
      onData: (event) => event.type === "rooms" && titles.push(event.rooms.map((room) => room.id)),
    });
    await eventually(
      () => titles.length,
      (count) => count === 1,
    );
    const another = await world().room(ben);
    await eventually(
      () => titles.at(-1),
      (rooms) => rooms?.includes(another) === true,
      8_000,
    );
    await node.stop();
  });
});
