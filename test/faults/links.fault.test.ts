import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { PING_MS, PONG_WITHIN_MS } from "#shared/limits.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { eventually, inAWorld } from "#test/world.ts";
import { Link } from "./link.ts";
import { ServerProcess } from "./server.ts";
import { type SceneOptions, Traffic } from "./traffic.ts";

/** Faults of the line between a browser and the server. */
const world = inAWorld();

/** src/ui/trpc/links.ts and src/ui/messages/send.ts. */
const AS_IN_THE_BROWSER = { answerWithinMs: 12_000, keepAlive: { intervalMs: PING_MS, pongTimeoutMs: PONG_WITHIN_MS } };

/** ana behind a link, ben beside her at the same server without one. */
async function scene(opts: SceneOptions = {}) {
  const server = await ServerProcess.start({ databaseUrl: world().db.url });
  const link = await Link.open({ port: server.port });
  const traffic = await Traffic.open(world(), [link.port, server.port], opts);
  const [ana, ben] = traffic.devices;
  if (!ana || !ben) throw new Error("Two people are on stage.");
  return {
    server,
    link,
    traffic,
    ana,
    ben,
    async [Symbol.asyncDispose]() {
      await traffic[Symbol.asyncDispose]();
      await link.close();
      expect([await server.stop(), server.errors, server.screams]).toEqual([0, [], []]);
    },
  };
}

const rowsOf = async (clientId: string) =>
  (await world().pool.query("select id from message where client_id = $1", [clientId])).rows;

describe("an answer that does not come (rows 3, 4, 5)", () => {
  test.each([
    [
      "is reset after the server has heard it",
      (link: Link) => link.set({ kind: "halfOpen" }),
      (link: Link) => link.reset(),
    ],
    // What comes of it, and not what was on its way before: that would take the connection from under the send.
    ["is lost after COMMIT, and its connection with it", (link: Link) => link.dropNextReply("createdAt"), () => {}],
  ])("ana's send %s: asked again under its key it is one row, and answered as the first", async (_, before, after) => {
    await using on = await scene();
    const clientId = newId();
    before(on.link);
    const first = on.ana.send("hello", clientId).then(
      () => "answered",
      () => "unknown",
    );
    const [row] = await eventually(
      () => rowsOf(clientId),
      (rows) => rows.length === 1,
    );
    after(on.link);
    expect(await first).toBe("unknown");
    on.link.set({ kind: "ok" });
    on.traffic.said.push(await on.ana.insist("hello", clientId));
    expect(on.traffic.said[0]?.id).toBe(row?.id);
    expect(await rowsOf(clientId)).toHaveLength(1);
    await on.traffic.prove();
  });

  test("and a request that comes twice in two frames is one row with one answer", async () => {
    await using on = await scene();
    const stage = on.server.stage();
    const raw = await RawSocket.open(stage, on.ana.person);
    const input = { roomId: on.traffic.roomId, clientId: newId(), body: "hello" };
    for (const id of [1, 2]) raw.ask(id, "mutation", "message.send", input);
    const [first, second] = [await raw.answer(1), await raw.answer(2)];
    expect(second.result).toEqual(first.result);
    expect(await rowsOf(input.clientId)).toHaveLength(1);
    raw.socket.terminate();
    await on.traffic.prove();
  });
});

describe("a bad line", () => {
  test("that takes from 50 ms to 3 s for whatever is on it changes no order and loses nothing (row 6)", async () => {
    await using on = await scene(AS_IN_THE_BROWSER);
    on.link.set({ kind: "lag", ms: 50, jitterMs: 2_950 });
    on.traffic.start(2);
    await eventually(
      () => on.traffic.said.filter(({ authorId }) => authorId === on.ana.person.id).length,
      (count) => count >= 2,
      30_000,
    );
    await on.traffic.prove();
    expect([on.ana.gaps, on.ana.sockets.length]).toEqual([0, 1]);
  });

  test("of 8 kB a second carries a conversation both ways (row 7)", async () => {
    await using on = await scene(AS_IN_THE_BROWSER);
    on.link.set({ kind: "throttle", bytesPerSecond: 8_000 });
    for (let turn = 0; turn < 10; turn++)
      on.traffic.said.push(await on.ana.insist(`ana ${turn}`), await on.ben.insist(`ben ${turn}`));
    await on.traffic.prove();
    expect([on.ana.gaps, on.ana.sockets.length]).toEqual([0, 1]);
  });

  test("that flaps leaves nothing behind once it holds (row 44)", async () => {
    await using on = await scene();
    on.traffic.start();
    for (let flap = 0; flap < 8; flap++) {
      on.link.set({ kind: "refuse" });
      on.link.reset();
      await on.traffic.goesOn();
      on.link.set({ kind: "ok" });
      await eventually(() => on.ana.hasSocket, Boolean);
    }
    await on.traffic.prove();
    expect(on.ana.sockets.length).toBeGreaterThan(8);
  });

  test.each([400, 3_000])("that breaks after %i bytes of answers is taken up where it broke", async (bytes) => {
    await using on = await scene();
    on.traffic.start();
    for (let cut = 0; cut < 5; cut++) {
      on.link.closeAfter(bytes);
      on.link.reset();
      await on.traffic.goesOn(10);
    }
    await on.traffic.prove();
  });
});

test("frames of a feed that are lost, doubled or out of order: the device asks again for what it lacks (row 8)", async () => {
  await using on = await scene();
  const late: string[] = [];
  let turn = 0;
  on.ana.mangle = (frame) => {
    if (!frame.includes('"changes":[{')) return [frame];
    turn++;
    if (turn % 7 === 0) return [];
    if (turn % 5 === 0) return [frame, frame];
    const found = [frame, ...late.splice(0)];
    if (turn % 3 !== 0) return found;
    late.push(...found);
    return [];
  };
  on.traffic.start();
  await on.traffic.goesOn(200);
  // The end of all unrest: whatever was swallowed last is missed at the next word.
  on.ana.mangle = (frame) => [frame];
  await on.traffic.goesOn(5);
  await on.traffic.prove();
  expect(on.ana.gaps).toBeGreaterThan(5);
  expect(on.ben.gaps).toBe(0);
});
