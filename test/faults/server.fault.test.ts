import { expect, test } from "vitest";
import { follow, say } from "#test/follow.ts";
import { eventually, inAWorld } from "#test/world.ts";
import { ServerProcess } from "./server.ts";

const world = inAWorld();

test("a server process serves, is killed, comes back on its port, and says nothing on stderr", async () => {
  await using node = await ServerProcess.start({ databaseUrl: world().db.url });
  const ana = await world().person("ana");
  const roomId = await world().room(ana);
  const stage = node.stage();
  const client = stage.client(ana);
  const heard = follow(client, roomId);
  await say(client, roomId, "one");
  await node.kill("SIGKILL");
  expect(node.isRunning).toBe(false);
  await node.start();
  await eventually(
    () =>
      say(client, roomId, "two").then(
        () => true,
        () => false,
      ),
    Boolean,
  );
  await eventually(heard.bodies, (bodies) => bodies.includes("two"));
  expect(await node.pool()).toMatchObject({ waiting: 0 });
  await stage.close();
  expect(await node.stop()).toBe(0);
  expect([node.errors, node.screams]).toEqual([[], []]);
});
