import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { OUR_ORIGIN, type Stage } from "#test/stage.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** What a call may not be: each with its code, a sentence for people, and nothing half-written. */
const world = inAWorld();

type On = { ana: Somebody; roomId: string; archived: string; notMine: string; stage: Stage; raw: RawSocket };

async function scene(opts = {}): Promise<On> {
  const [ana, dana] = [await world().person("ana"), await world().person("dana")];
  const [roomId, archived, notMine] = [await world().room(ana), await world().room(ana), await world().room(dana)];
  await world().pool.query("update room set archived_at = now() where id = $1", [archived]);
  const stage = await world().serve(await world().node(opts));
  return { ana, roomId, archived, notMine, stage, raw: await RawSocket.open(stage, ana) };
}

/** All rows there are, and the counters of all rooms: what a refused call leaves as it was. */
async function everything(): Promise<unknown> {
  const { rows } = await world().pool.query(
    `select (select count(*) from message) as messages, (select count(*) from member) as members, (select sum(version) from room) as versions,
            (select count(*) from "user") as people, (select sum(extract(epoch from tat)) from allowance where tat > '-infinity') as spent`,
  );
  return rows[0];
}

let nextId = 0;
const call = (raw: RawSocket, method: "query" | "mutation" | "subscription", path: string, input: unknown) => {
  raw.ask(++nextId, method, path, input);
  return raw.answer(nextId);
};

const sentence = expect.stringMatching(/^[A-Z].*[.!]$/);

function expectRefusal(answer: unknown, reason: string): void {
  expect(answer).toMatchObject({ error: { message: sentence, data: { reason } } });
  expect(JSON.stringify(answer)).not.toMatch(/stack|at \/|node_modules|postgres|select /i);
}

const send = (change: Record<string, unknown>) => (on: On) =>
  ["mutation", "message.send", { roomId: on.roomId, clientId: newId(), body: "hello", ...change }] as const;

describe("a call on the socket", () => {
  test.each<[string, string, (on: On) => readonly ["query" | "mutation" | "subscription", string, unknown]]>([
    ["with an empty body", "INVALID", send({ body: "" })],
    ["with a blank body", "INVALID", send({ body: " \n\t\u00a0\u2003" })],
    ["with a body of a control character that Postgres takes for a blank", "INVALID", send({ body: "\u0085" })],
    ["with a NUL in its body", "INVALID", send({ body: "a\u0000b" })],
    ["with a body that is no text", "INVALID", send({ body: 5 })],
    ["with one character too many", "TOO_LONG", send({ body: "x".repeat(4001) })],
    ["with one emoji too many", "TOO_LONG", send({ body: "😀".repeat(4001) })],
    [
      "with more names than any message holds, at the most that a body has",
      "TOO_LONG",
      send({ body: "@ab ".repeat(12_500) }),
    ],
    ["with a body over what any server takes", "INVALID", send({ body: "@ab ".repeat(12_501) })],
    ["to a room that is not there", "NOT_FOUND", send({ roomId: newId() })],
    ["to a room that is not mine", "NOT_FOUND", (on) => send({ roomId: on.notMine })(on)],
    ["to an archived room", "ARCHIVED", (on) => send({ roomId: on.archived })(on)],
    ["with a room that is no id", "INVALID", send({ roomId: "lobby" })],
    ["with a client's key that is no id", "INVALID", send({ clientId: "1; drop table message" })],
    ["with a field too many", "INVALID", send({ authorId: newId() })],
    ["without anything", "INVALID", () => ["mutation", "message.send", undefined]],
    ["for a page of nothing", "INVALID", (on) => ["query", "message.page", { roomId: on.roomId, limit: 0 }]],
    ["for a page too long", "INVALID", (on) => ["query", "message.page", { roomId: on.roomId, limit: 101 }]],
    ["for a page before nothing", "INVALID", (on) => ["query", "message.page", { roomId: on.roomId, before: -1 }]],
    [
      "for a page before more than there can be",
      "INVALID",
      (on) => ["query", "message.page", { roomId: on.roomId, before: 1e300 }],
    ],
    ["for what there is not", "NOT_FOUND", () => ["query", "room.destroy", {}]],
    ["for what every object has", "NOT_FOUND", () => ["query", "constructor", {}]],
    ["for a feed by asking instead of subscribing", "NOT_FOUND", (on) => ["query", "room.feed", { roomId: on.roomId }]],
    ["for a send by asking instead of sending", "NOT_FOUND", (on) => ["query", "message.send", send({})(on)[2]]],
    [
      "for a feed with a cursor of nonsense",
      "INVALID",
      (on) => ["subscription", "room.feed", { roomId: on.roomId, lastEventId: "x" }],
    ],
  ])("%s is %s, and leaves everything as it was", async (_, reason, make) => {
    const on = await scene();
    const before = await everything();
    expectRefusal(await call(on.raw, ...make(on)), reason);
    expect(await everything()).toEqual(before);
    expect(await call(on.raw, ...send({})(on)), "the next call is answered").toMatchObject({
      result: { data: { seq: expect.any(Number) } },
    });
  });

  test("with exactly as many characters as allowed goes, counted as people count them", async () => {
    const on = await scene();
    for (const body of ["x".repeat(4000), "😀".repeat(4000)]) {
      expect(await call(on.raw, ...send({ body })(on))).toMatchObject({ result: {} });
    }
  });

  test("under a key that was used is the same message, or CONFLICT when it says something else", async () => {
    const on = await scene();
    const clientId = newId();
    const first = await call(on.raw, ...send({ clientId })(on));
    const before = await everything();
    expect((await call(on.raw, ...send({ clientId: clientId.toUpperCase() })(on))).result).toEqual(first.result);
    expectRefusal(await call(on.raw, ...send({ clientId, body: "other" })(on)), "CONFLICT");
    expect(await everything()).toEqual(before);
  });

  test("too soon after too many is TOO_MANY_REQUESTS, with the wait", async () => {
    const on = await scene({ messagesPerMinute: 2 });
    for (let i = 0; i < 2; i++) await call(on.raw, ...send({})(on));
    const before = await everything();
    const refused = await call(on.raw, ...send({})(on));
    expectRefusal(refused, "TOO_MANY_REQUESTS");
    expect(refused.error.data.retryAfterMs).toBeGreaterThan(0);
    expect(await everything()).toEqual(before);
  });
});

describe("a frame", () => {
  test.each([
    ["that is no JSON", "{nonsense"],
    ["that is nothing", ""],
    ["that is a number", "42"],
    ["that is null", "null"],
    ["that is no call", '{"hello":"world"}'],
    ["that is an empty list", "[]"],
    ["with a method that there is not", '{"id":1,"method":"destroy","params":{"path":"room.list"}}'],
    ["with parameters that are none", '{"id":1,"method":"query","params":7}'],
    ["with an id that is none", '{"id":{},"method":"query","params":{"path":"room.list"}}'],
    ["that is binary", Buffer.from([1, 2, 3])],
  ])("%s leaves the socket alive, and what is answered is INVALID", async (_, frame) => {
    const on = await scene();
    on.raw.socket.send(frame);
    expect(await call(on.raw, "query", "room.list", undefined)).toMatchObject({ result: {} });
    for (const text of on.raw.frames) {
      const { error } = JSON.parse(text);
      if (error) expectRefusal({ error }, "INVALID");
    }
    expect(on.raw.closed).toBeNull();
  });

  test("over 256 kB closes the socket with 1009", async () => {
    const on = await scene();
    on.raw.socket.send(`"${"x".repeat(256 * 1024)}"`);
    expect(await eventually(() => on.raw.closed, Boolean)).toMatchObject({ code: 1009 });
  });

  test("with more calls than anybody needs is refused, each with INVALID; with as many as allowed it is answered", async () => {
    const on = await scene();
    const calls = (first: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({ id: first + i, method: "query", params: { path: "room.list" } }));
    on.raw.socket.send(JSON.stringify(calls(1000, 121)));
    expectRefusal(await on.raw.answer(1120), "INVALID");
    on.raw.socket.send(JSON.stringify(calls(2000, 120)));
    expect(await on.raw.answer(2119)).toMatchObject({ result: {} });
  });

  test("that subscribes twice under one id is INVALID, and the first feed goes on", async () => {
    const on = await scene();
    on.raw.ask(900_000, "subscription", "room.feed", { roomId: on.roomId });
    await eventually(
      () => on.raw.of(900_000).length,
      (count) => count === 3,
    );
    on.raw.ask(900_000, "subscription", "room.feed", { roomId: on.roomId });
    await eventually(() => on.raw.of(900_000).find(({ error }) => error), Boolean);
    expectRefusal(
      on.raw.of(900_000).find(({ error }) => error),
      "INVALID",
    );
    await world().write(on.ana, on.roomId, "still here");
    await eventually(
      () => on.raw.bodies(900_000),
      (bodies) => bodies.includes("still here"),
    );
  });
});

test.each([
  ["another site's", "https://evil.example", 403],
  ["ours, with another port", "http://localhost:3001", 403],
  ["ours, but longer", `${OUR_ORIGIN}.evil.example`, 403],
  ["null", "null", 403],
  ["none", undefined, 403],
  ["ours", OUR_ORIGIN, 101],
])("an upgrade whose Origin is %s (%s) is answered %i", async (_, origin, status) => {
  const { stage, ana } = await scene();
  const answered = await new Promise<number>((resolve) => {
    const socket = stage.raw({ cookie: ana.cookie, ...(origin ? { origin } : {}) });
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("open", () => resolve(101));
    socket.on("error", () => {});
  });
  expect(answered).toBe(status);
});
