import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { RawSocket } from "#test/raw-socket.ts";
import { OUR_ORIGIN, type Stage } from "#test/stage.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";
import { ServerProcess } from "./server.ts";

/** Row 39: what no client of ours would send. One process takes it all, and at the end it has not said a word about it. */
const world = inAWorld();
let server: ServerProcess;
let stage: Stage;
let ana: Somebody;
let roomId: string;
beforeAll(async () => {
  server = await ServerProcess.start({ databaseUrl: world().db.url });
  stage = server.stage();
  ana = await world().person("ana");
  roomId = await world().room(ana);
});
afterAll(async () => {
  await stage?.close();
  expect([await server?.stop(), server?.errors, server?.screams]).toEqual([0, [], []]);
});

/** One frame as it stands on the wire, masked with zeroes: what `ws` itself would refuse to send. */
function frame(firstByte: number, payload: Buffer): Buffer {
  const length = payload.length;
  const head = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([firstByte, ...head, 0, 0, 0, 0]), payload]);
}

const TEXT = 0x81;
const FIRST_FRAGMENT = 0x01;
const NEXT_FRAGMENT = 0x00;
const call = (input: unknown) => JSON.stringify({ id: 1, method: "mutation", params: { path: "message.send", input } });

/** The first bytes that a person's browser does not choose: the socket under the socket. */
const wireOf = (raw: RawSocket) => (raw.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;

async function standsFor(person: Somebody): Promise<void> {
  const other = await RawSocket.open(stage, person);
  other.ask(1, "query", "room.list");
  expect(await other.answer(1)).toMatchObject({ result: {} });
  other.socket.terminate();
}

describe("a socket that sends", () => {
  test.each<[string, number, Buffer[]]>([
    ["bytes that are no UTF-8", 1007, [frame(TEXT, Buffer.from([0xc3, 0x28]))]],
    ["an opcode that there is not", 1002, [frame(0x83, Buffer.from("x"))]],
    ["a reserved bit", 1002, [frame(0xc1, Buffer.from("x"))]],
    ["a continuation of nothing", 1002, [frame(NEXT_FRAGMENT, Buffer.from("x"))]],
    ["a control frame in pieces", 1002, [frame(0x09, Buffer.from("x"))]],
    [
      "too much in pieces that are small",
      1009,
      [
        frame(FIRST_FRAGMENT, Buffer.alloc(60_000, 97)),
        ...Array(5).fill(frame(NEXT_FRAGMENT, Buffer.alloc(60_000, 97))),
      ],
    ],
  ])("%s is closed with %i, and nobody else notices", async (_, code, frames) => {
    const raw = await RawSocket.open(stage, ana);
    for (const bytes of frames) wireOf(raw).write(bytes);
    const closed = await eventually(() => raw.closed, Boolean);
    expect(closed?.code).toBe(code);
    await standsFor(ana);
  });

  test("forty thousand pieces of nothing is cut off, or answered; nobody else notices", async () => {
    const raw = await RawSocket.open(stage, ana);
    wireOf(raw).write(frame(FIRST_FRAGMENT, Buffer.alloc(0)));
    for (let piece = 0; piece < 40; piece++)
      wireOf(raw).write(Buffer.concat(Array(1_000).fill(frame(NEXT_FRAGMENT, Buffer.alloc(0)))));
    await standsFor(ana);
    raw.socket.terminate();
  });

  test.each<[string, string]>([
    ["JSON a hundred thousand levels deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["an input that is deep", call("deep").replace('"deep"', `${"[".repeat(5_000)}${"]".repeat(5_000)}`)],
    ["ten thousand calls at once", JSON.stringify(Array(10_000).fill({}))],
    ["keys that are no keys", `{"__proto__":{"id":1},"constructor":{"prototype":{"id":1}}}`],
    ["an input with a prototype", call({ roomId: "x" }).replace('"roomId"', '"__proto__":{"roomId":"x"},"roomId"')],
    ["a path into the router's own parts", JSON.stringify({ id: 1, method: "query", params: { path: "__proto__" } })],
    [
      "a path into an object's own parts",
      JSON.stringify({ id: 1, method: "query", params: { path: "room.constructor" } }),
    ],
    ["parameters of a connection, after the fact", JSON.stringify({ method: "connectionParams", data: { a: 1 } })],
    ["parameters of a connection that are none", JSON.stringify({ method: "connectionParams", data: "x" })],
    ["an answer", JSON.stringify({ id: 1, result: { type: "data", data: 1 } })],
    ["a pong that nobody asked for", "PONG"],
  ])("%s harms nobody, itself included or not", async (_, text) => {
    const raw = await RawSocket.open(stage, ana);
    raw.socket.send(text);
    await standsFor(ana);
    for (const answer of raw.frames.filter((one) => one.startsWith("{") || one.startsWith("[")))
      for (const { error } of [JSON.parse(answer)].flat())
        if (error) expect(["INVALID", "NOT_FOUND"]).toContain(error.data?.reason);
    raw.socket.terminate();
  });

  test("noise, of every length, harms nobody", async () => {
    for (let bytes = 1; bytes <= 65_536; bytes *= 4) {
      const raw = await RawSocket.open(stage, ana);
      wireOf(raw).write(randomBytes(bytes));
      raw.socket.terminate();
    }
    await standsFor(ana);
  });

  test("what it may, in pieces, is answered", async () => {
    const raw = await RawSocket.open(stage, ana);
    const said = Buffer.from(call({ roomId, clientId: crypto.randomUUID(), body: "in pieces" }));
    wireOf(raw).write(frame(FIRST_FRAGMENT, said.subarray(0, 10)));
    wireOf(raw).write(frame(NEXT_FRAGMENT | 0x80, said.subarray(10)));
    expect(await raw.answer(1)).toMatchObject({ result: {} });
    raw.socket.terminate();
  });
});

test("a handshake that promises parameters of the connection and sends none waits for nothing and is served", async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/trpc?connectionParams=1`, {
    headers: { cookie: ana.cookie, origin: OUR_ORIGIN },
  });
  const raw = new RawSocket(socket);
  await once(socket, "open");
  raw.ask(1, "query", "room.list");
  expect(await raw.answer(1)).toMatchObject({ result: {} });
  socket.terminate();
});
