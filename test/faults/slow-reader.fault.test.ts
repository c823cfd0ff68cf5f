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
/** What makes a socket behind (src/server/realtime/outflow.ts), and enough to stay so while it is read in sips. */
const BEHIND_BYTES = 256 * 1024;
const ENOUGH_BYTES = 4 * 1024 * 1024;
/** Of 800 kB each: over 16 MB it would be cut off for asking and not reading. */
const PAGES = 16;

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
  let said = 0;
  const talk = async () => {
    said += 60;
    await world().pool.query(
      "insert into message (room_id, author_id, body) select $1, $2, $3 from generate_series(1, 60)",
      [roomId, ana.id, WORDS],
    );
    await eventually(
      () => quick.bodies().length,
      (count) => count === said,
    );
  };
  await talk();
  const waiting = () => Math.max(...[...node.sockets.all()].map((socket) => socket.bufferedAmount));
  link.set({ kind: "halfOpen" });
  // Answers are not held back, so that more can wait than the system's own buffers take.
  for (let id = 2; id < 2 + PAGES; id++) slow.ask(id, "query", "message.page", { roomId });
  await eventually(waiting, (bytes) => bytes > ENOUGH_BYTES);
  await talk();
  let nowMs = performance.now();
  let steps = 0;
  for (; waiting() > BEHIND_BYTES; steps++) {
    const before = waiting();
    link.set({ kind: "throttle", bytesPerSecond: 4_000_000 });
    await eventually(waiting, (bytes) => bytes < before);
    link.set({ kind: "halfOpen" });
    nowMs += STEP_MS;
    node.sockets.nudge(nowMs);
    expect(slow.closed).toBeNull();
  }
  expect(steps * STEP_MS).toBeGreaterThan(30_000);
  link.set({ kind: "ok" });
  await eventually(
    () => slow.bodies(1).length,
    (count) => count === said,
    30_000,
  );
  slow.socket.terminate();
});
