import { describe, expect, test } from "vitest";
import { eventually } from "#test/world.ts";
import { inABreakableWorld } from "./cluster-world.ts";
import { Link } from "./link.ts";
import { ServerProcess } from "./server.ts";
import { Traffic } from "./traffic.ts";

/** Faults of Postgres and of the line to it. The first process has a link to it, the second goes straight. */
const breakable = inABreakableWorld();

async function scene(opts: { beatMs?: number; env?: Record<string, string> } = {}) {
  const { link, url } = await Link.before(breakable.cluster.url);
  const [one, two] = await Promise.all([
    ServerProcess.start({ databaseUrl: url, ...opts }),
    ServerProcess.start({ databaseUrl: breakable.cluster.url, ...opts }),
  ]);
  const traffic = await Traffic.open(breakable.world, [one.port, two.port], { answerWithinMs: 5_000 });
  return {
    link,
    one,
    two,
    traffic,
    async [Symbol.asyncDispose]() {
      await traffic[Symbol.asyncDispose]();
      for (const server of [one, two]) expect([await server.stop(), server.screams]).toEqual([0, []]);
      await link.close();
    },
  };
}

const status = async (server: ServerProcess, path: "readyz" | "healthz") =>
  (await fetch(`${server.http}/${path}`)).status;
const becomes = (server: ServerProcess, code: number) =>
  eventually(
    () => status(server, "readyz"),
    (now) => now === code,
    30_000,
  );

describe("Postgres", () => {
  test("that terminates every backend, again and again, loses nothing that was acknowledged (rows 16 and 17)", async () => {
    await using on = await scene();
    on.traffic.start(5);
    for (let blow = 0; blow < 12; blow++) {
      await on.traffic.goesOn(5);
      await breakable.world.pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
      );
    }
    await on.traffic.goesOn();
    await on.traffic.prove();
  });

  test("that crashes and comes back: sends wait, nothing is lost, and who is here is known again (row 18)", async () => {
    await using on = await scene();
    on.traffic.start(5);
    for (let crash = 0; crash < 3; crash++) {
      await on.traffic.goesOn();
      await breakable.cluster.crash();
      await breakable.cluster.start();
    }
    await on.traffic.goesOn();
    await on.traffic.prove();
    await eventually(
      async () => (await breakable.world.pool.query("select from presence")).rowCount,
      (here) => here === 2,
      15_000,
    );
  });

  test("that hangs: the servers stay awake and say that they are not ready, calls are refused in the end, and all goes on (row 19)", async () => {
    await using on = await scene({ beatMs: 300 });
    on.traffic.start();
    await on.traffic.goesOn();
    const people = await Promise.all(Array.from({ length: 60 }, () => breakable.world.person("cleo")));
    await using _ = { [Symbol.asyncDispose]: () => breakable.cluster.freeze(false) };
    await breakable.cluster.freeze();
    const stage = on.one.stage();
    const outcomes = Promise.all(
      people.map((person) =>
        stage
          .http1(person)
          .room.list.query()
          .then(
            () => "answered",
            (error) => error.data?.reason ?? "lost",
          ),
      ),
    );
    await Promise.all([on.one, on.two].map((server) => becomes(server, 503)));
    expect(await Promise.all([on.one, on.two].map((server) => status(server, "healthz")))).toEqual([200, 200]);
    expect(new Set(await outcomes)).toEqual(new Set(["UNAVAILABLE"]));
    expect((await on.one.pool()).waiting).toBeLessThan(20);
    await breakable.cluster.freeze(false);
    await Promise.all([on.one, on.two].map((server) => becomes(server, 200)));
    await on.traffic.goesOn();
    await on.traffic.prove();
  });
});

test("a process that is cut off from Postgres says so; its people have everything at the other one, and at this one once it is back (row 45)", async () => {
  await using on = await scene({ beatMs: 300 });
  on.traffic.start();
  await on.traffic.goesOn();
  on.link.set({ kind: "blackHole" });
  await becomes(on.one, 503);
  expect([await status(on.one, "healthz"), await status(on.two, "readyz")]).toEqual([200, 200]);
  const [ana] = on.traffic.devices;
  if (ana) ana.port = on.two.port;
  ana?.sockets.at(-1)?.terminate();
  await on.traffic.goesOn(50);
  on.link.set({ kind: "ok" });
  await becomes(on.one, 200);
  if (ana) ana.port = on.one.port;
  ana?.sockets.at(-1)?.terminate();
  await on.traffic.goesOn();
  await on.traffic.prove();
});
