import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { initTRPC, tracked } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { describe, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { Seat } from "#server/realtime/seat.ts";
import { RawSocket } from "#test/raw-socket.ts";
import type { Stage } from "#test/stage.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** R5 and the wire: what the hub writes is what tRPC would have written; once read, once encoded. */
const world = inAWorld();

async function scene() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  return { ana, ben, roomId, node, stage: await world().serve(node) };
}

async function followed(stage: Stage, person: Somebody, roomId: string, id: number | string = 1) {
  const raw = await RawSocket.open(stage, person);
  raw.ask(id, "subscription", "room.feed", { roomId });
  // "started", the fresh page, and the hand-over.
  await eventually(
    () => raw.frames.length,
    (count) => count >= 3,
  );
  return raw;
}

/** What tRPC itself puts on the wire for a tracked value, to a subscription of this id. */
async function writtenByTRPC(id: number | string, cursor: string, data: object): Promise<string | undefined> {
  const t = initTRPC.create();
  const router = t.router({
    feed: t.procedure.subscription(async function* ({ signal }) {
      yield tracked(cursor, data);
      await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
    }),
  });
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  applyWSSHandler({ wss: server, router });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const frames: string[] = [];
  socket.on("message", (frame) => frames.push(String(frame)));
  await once(socket, "open");
  socket.send(JSON.stringify({ id, method: "subscription", params: { path: "feed" } }));
  await eventually(
    () => frames.length,
    (count) => count === 2,
  );
  socket.terminate();
  server.close();
  await new Promise((resolve) => http.close(resolve));
  return frames[1];
}

describe("a frame of the hub", () => {
  test.each([1, 4711, "a string", 'with "quotes" and \\'])(
    "for the request %j is what tRPC writes for the same value",
    async (id) => {
      const { ana, ben, roomId, stage } = await scene();
      const raw = await followed(stage, ben, roomId, id);
      await world().write(ana, roomId, 'quotes " and \\ and \u2028 and 😀');
      await eventually(
        () => raw.bodies(id).length,
        (count) => count === 1,
      );
      // The fresh page went tRPC's way, the hand-over through the encoder, the last one from the hub.
      for (const frame of raw.frames.slice(2)) {
        const { data } = JSON.parse(frame).result;
        expect(JSON.parse(frame)).toEqual(JSON.parse((await writtenByTRPC(id, data.id, data.data)) ?? ""));
      }
    },
  );

  test("is the same bytes for two members whose request has the same id, and says nothing of the person", async () => {
    const { ana, ben, roomId, stage } = await scene();
    const raws = [await followed(stage, ana, roomId), await followed(stage, ben, roomId)];
    for (const word of ["one", "two", "three"]) await world().write(ana, roomId, word);
    for (const raw of raws)
      await eventually(
        () => raw.bodies(1).length,
        (count) => count === 3,
      );
    const streams = raws.map((raw) => raw.frames.slice(3));
    expect(streams[0]).toEqual(streams[1]);
    expect(streams[0]?.join()).not.toContain(ben.id);
  });

  test("is text, to a client that follows by any number of feeds", async () => {
    const { ana, roomId, stage } = await scene();
    const raw = await followed(stage, ana, roomId);
    raw.ask(2, "subscription", "room.feed", { roomId });
    await eventually(
      () => raw.of(2).length,
      (count) => count >= 3,
    );
    await world().write(ana, roomId, "hello");
    await eventually(
      () => [...raw.bodies(1), ...raw.bodies(2)].length,
      (count) => count === 2,
    );
    expect(raw.frames).not.toContain("binary!");
  });
});

describe("one read, one encoding", () => {
  test("forty feeds cost one read and one encoding a change, as one feed does", async () => {
    const { ana, ben, roomId, node, stage } = await scene();
    const raws: RawSocket[] = [];
    for (let i = 0; i < 10; i++) raws.push(await followed(stage, i % 2 ? ana : ben, roomId));
    for (const raw of raws) for (const id of [2, 3, 4]) raw.ask(id, "subscription", "room.feed", { roomId });
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 40,
    );
    await node.hub.settled();
    const reads = vi.spyOn(world().pool, "query");
    const encodings = vi.spyOn(JSON, "stringify");
    await world().write(ana, roomId, "hello, all");
    await eventually(
      () => raws.map((raw) => raw.bodies(4).length),
      (counts) => counts.every((count) => count === 1),
    );
    expect(reads.mock.calls.filter(([query]) => (query as { name?: string }).name === "read-changes").length).toBe(1);
    const ofTheMessage = encodings.mock.calls.filter(
      ([value]) => (value as { type?: string } | null)?.type === "message",
    );
    expect(ofTheMessage.length).toBe(1);
    expect((await node.metrics.changes.get()).values[0]?.value).toBe(1);
  });

  test("two hundred changes in one statement travel in a few frames, not in two hundred", async () => {
    const { ana, ben, roomId, stage } = await scene();
    const raw = await followed(stage, ben, roomId);
    const before = raw.frames.length;
    await world().pool.query(
      "insert into message (room_id, author_id, body) select $1, $2, 'n' || n from generate_series(1, 150) n",
      [roomId, ana.id],
    );
    await eventually(
      () => raw.bodies(1).length,
      (count) => count === 150,
    );
    expect(raw.frames.length - before).toBe(1);
  });
});

test("what the encoder throws reaches nobody: the client hears of a fault, the socket lives on, no seat is left", async () => {
  const { ana, roomId, node, stage } = await scene();
  vi.spyOn(Seat.prototype, "take").mockImplementation(() => {
    throw new Error("the password is 12345");
  });
  const raw = await RawSocket.open(stage, ana);
  raw.ask(1, "subscription", "room.feed", { roomId });
  const failed = await eventually(
    () => raw.of(1).filter(({ error }) => error),
    (all) => all.length > 0,
  );
  expect(failed[0].error).toMatchObject({
    message: "Something went wrong on the server. Try again.",
    data: { reason: "INTERNAL" },
  });
  expect(raw.frames.join()).not.toContain("12345");
  raw.ask(2, "query", "room.get", { roomId });
  expect(await raw.answer(2)).toMatchObject({ result: { data: { room: { id: roomId } } } });
  expect(node.hub.seats).toBe(0);
});
