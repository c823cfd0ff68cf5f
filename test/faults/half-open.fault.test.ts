import { expect, test } from "vitest";
import { PING_MS, PONG_WITHIN_MS } from "#shared/limits.ts";
import { eventually, inAWorld } from "#test/world.ts";
import type { Device } from "./device.ts";
import { Link } from "./link.ts";
import { ServerProcess } from "./server.ts";
import { Traffic } from "./traffic.ts";

/** src/ui/trpc/links.ts. The server asks as soon, and waits longer where it has just written (realtime/pulse.ts). */
const IN_THE_BROWSER = { intervalMs: PING_MS, pongTimeoutMs: PONG_WITHIN_MS };
/** The two of them, and what a busy machine adds. */
const NOTICED_MS = 70_000;

const world = inAWorld();

test("a cable that is pulled is noticed at both ends, by their pings; meanwhile nothing is taken for sent, and elsewhere all goes on (row 2)", async () => {
  const server = await ServerProcess.start({ databaseUrl: world().db.url });
  const link = await Link.open({ port: server.port });
  await using traffic = await Traffic.open(world(), [link.port, server.port], {
    answerWithinMs: 12_000,
    keepAlive: IN_THE_BROWSER,
  });
  const [ana, ben] = traffic.devices as [Device, Device];
  expect(await sockets(server)).toBe(2);
  link.set({ kind: "blackHole" });
  ana.port = server.port;
  const insisted = ana.insist("through the dark");
  const noticed = eventually(
    () => ana.sockets.length,
    (opened) => opened === 2,
    NOTICED_MS,
  );
  traffic.said.push(await ben.insist("on the bright side"));
  expect(traffic.said).toHaveLength(1);
  await noticed;
  traffic.said.push(await insisted);
  await traffic.prove();
  // The line is still dark: what the server counts no longer, it has given up by itself.
  await eventually(
    () => sockets(server),
    (count) => count === 2,
    NOTICED_MS,
  );
  await link.close();
  await traffic[Symbol.asyncDispose]();
  expect([await server.stop(), server.errors, server.screams]).toEqual([0, [], []]);
}, 120_000);

async function sockets(server: ServerProcess): Promise<number> {
  const metrics = await (await fetch(`${server.http}/metrics`)).text();
  return Number(/^earshot_sockets\S* (\d+)$/m.exec(metrics)?.[1]);
}
