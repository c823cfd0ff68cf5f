import { expect, test } from "vitest";
import { follow } from "#test/follow.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { Stage } from "#test/stage.ts";
import { eventually, inAWorld } from "#test/world.ts";
import { Link } from "./link.ts";

/** Row 28. The node is in this process, so that half a minute without progress need not be waited for. */
const world = inAWorld();

const WORDS = "x".repeat(16_000);
/** Under the thirty seconds after which a socket that reads nothing is closed. */
const STEP_MS = 20_000;

test("somebody who reads slowly, and is behind for minutes, is not cut off as long as something is read; and has it all in the end", async () => {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  const stage = await world().serve(node);
  await using link = await Link.open({ port: stage.port });
  const quick = follow(stage.client(ana), roomId);
  const slow = await RawSocket.open(new Stage(link.port), ben);
  slow.ask(1, "subscription", "room.feed", { roomId });
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 2,
  );
  let [said, nowMs, timesBehind] = [0, Date.now(), 0];
  const waiting = () => Math.max(...[...node.sockets.all()].map((socket) => socket.bufferedAmount));
  for (let step = 0; step < 15; step++) {
    link.set({ kind: "blackHole" });
    for (let talk = 0; talk < 40 && waiting() <= 256 * 1024; talk++) {
      said += 10;
      await world().pool.query(
        "insert into message (room_id, author_id, body) select $1, $2, $3 from generate_series(1, 10)",
        [roomId, ana.id, WORDS],
      );
      await eventually(
        () => quick.bodies().length,
        (count) => count === said,
      );
    }
    const before = waiting();
    timesBehind += before > 256 * 1024 ? 1 : 0;
    node.sockets.nudge(nowMs);
    link.set({ kind: "throttle", bytesPerSecond: 40_000_000 });
    await eventually(waiting, (bytes) => bytes < before || before === 0);
    nowMs += STEP_MS;
    node.sockets.nudge(nowMs);
    expect(slow.closed).toBeNull();
  }
  expect(timesBehind).toBeGreaterThan(5);
  link.set({ kind: "ok" });
  await eventually(
    () => slow.bodies(1).length,
    (count) => count === said,
    30_000,
  );
  slow.socket.terminate();
});
