import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { RawSocket } from "#test/raw-socket.ts";
import type { Stage } from "#test/stage.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";
import { appRouter } from "./router.ts";

/**
 * R11: who may do what, for every procedure that there is. A procedure without a row here fails the first test: whoever
 * adds one says who may call it.
 */
const world = inAWorld();

type Role = "nobody" | "stranger" | "removed" | "member";
type Row = { input: (roomId: string) => unknown; allowed: Record<Role, string> };

const inRoom = { nobody: "UNAUTHORIZED", stranger: "NOT_FOUND", removed: "NOT_FOUND", member: "ok" };
const signedIn = { nobody: "UNAUTHORIZED", stranger: "ok", removed: "ok", member: "ok" };

const MATRIX: Record<string, Row> = {
  // Refused for its password, which shows that anybody may call it.
  "account.signUp": {
    input: () => ({ username: "somebody", password: "password" }),
    allowed: { nobody: "INVALID", stranger: "INVALID", removed: "INVALID", member: "INVALID" },
  },
  "me.feed": { input: () => undefined, allowed: signedIn },
  "room.list": { input: () => undefined, allowed: signedIn },
  "room.get": { input: (roomId) => ({ roomId }), allowed: inRoom },
  "room.feed": { input: (roomId) => ({ roomId }), allowed: inRoom },
  "message.page": { input: (roomId) => ({ roomId }), allowed: inRoom },
  "message.send": { input: (roomId) => ({ roomId, clientId: newId(), body: "hello" }), allowed: inRoom },
};

// biome-ignore lint/suspicious/noExplicitAny: the router's own index, as tRPC keeps it
const procedures = Object.entries(appRouter._def.procedures as Record<string, any>).map(([path, procedure]) => ({
  path,
  type: procedure._def.type as "query" | "mutation" | "subscription",
}));

async function cast() {
  const [ana, dana, robin] = [await world().person("ana"), await world().person("dana"), await world().person("robin")];
  const roomId = await world().room(ana, robin);
  await world().write(ana, roomId, "secret");
  await world().remove(robin, roomId);
  const stage = await world().serve(await world().node());
  return { roomId, stage, who: { nobody: null, stranger: dana, removed: robin, member: ana } };
}

const outcome = (answer: { error?: { data?: { reason?: string } } }) =>
  answer.error ? answer.error.data?.reason : "ok";

async function overHttp(
  stage: Stage,
  who: Somebody | null,
  { path, type }: (typeof procedures)[number],
  input: unknown,
) {
  const text = input === undefined ? undefined : JSON.stringify(input);
  const query = type === "query" && text ? `?input=${encodeURIComponent(text)}` : "";
  const response = await fetch(`${stage.http}/trpc/${path}${query}`, {
    method: type === "mutation" ? "POST" : "GET",
    headers: { "content-type": "application/json", ...(who ? { cookie: who.cookie } : {}) },
    ...(type === "mutation" && text ? { body: text } : {}),
  });
  return response.json();
}

async function overSocket(stage: Stage, who: Somebody, { path, type }: (typeof procedures)[number], input: unknown) {
  const raw = await RawSocket.open(stage, who);
  raw.ask(1, type, path, input);
  const answers = await eventually(
    () => raw.of(1).filter(({ error, result }) => error ?? result.type === "data"),
    (all) => all.length > 0,
  );
  raw.socket.terminate();
  return answers[0];
}

test("every procedure has a row that says who may call it, and no row is left over", () => {
  expect(Object.keys(MATRIX).sort()).toEqual(procedures.map(({ path }) => path).sort());
});

describe("whoever asks gets what the row says", () => {
  test.each(procedures)("for $path, over the socket", async (procedure) => {
    const row = MATRIX[procedure.path] as Row;
    const { roomId, stage, who } = await cast();
    for (const role of ["stranger", "removed", "member"] as const) {
      expect(outcome(await overSocket(stage, who[role], procedure, row.input(roomId))), role).toBe(row.allowed[role]);
    }
  });

  test.each(procedures.filter(({ type }) => type !== "subscription"))("for $path, over HTTP", async (procedure) => {
    const row = MATRIX[procedure.path] as Row;
    const { roomId, stage, who } = await cast();
    for (const role of ["nobody", "stranger", "removed", "member"] as const) {
      expect(outcome(await overHttp(stage, who[role], procedure, row.input(roomId))), role).toBe(row.allowed[role]);
    }
  });

  const ofARoom = procedures.filter(({ path }) => MATRIX[path]?.allowed.stranger === "NOT_FOUND");
  test.each(ofARoom)(
    "for $path, the very same of a room that is not there and of one that is not mine",
    async (procedure) => {
      const row = MATRIX[procedure.path] as Row;
      const { roomId, stage, who } = await cast();
      const words = (answer: unknown) => JSON.stringify(answer).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "");
      for (const role of ["stranger", "removed"] as const) {
        const [there, nowhere] = [roomId, newId()].map((id) => overSocket(stage, who[role], procedure, row.input(id)));
        expect(words(await there)).toBe(words(await nowhere));
        expect(JSON.stringify(await there)).not.toContain("secret");
      }
    },
  );
});

describe("without a session", () => {
  test("no socket opens, with no cookie, a made-up one or somebody's cut short; ana's does", async () => {
    const { stage, who } = await cast();
    const { cookie } = who.member;
    const knock = (headers: Record<string, string>) =>
      new Promise<number>((resolve) => {
        const socket = stage.raw({ origin: "http://localhost:3000", ...headers });
        socket.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
        socket.on("open", () => resolve(101));
        socket.on("error", () => {});
      });
    expect(await knock({})).toBe(401);
    expect(await knock({ cookie: "next-auth.session-token=made-up" })).toBe(401);
    expect(await knock({ cookie: cookie.slice(0, -4) })).toBe(401);
    expect(await knock({ cookie })).toBe(101);
  });

  test("a stranger's feed of a room takes no seat, hears no bell of it and sees no change", async () => {
    const { roomId, stage, who } = await cast();
    const raw = await RawSocket.open(stage, who.stranger);
    raw.ask(1, "subscription", "room.feed", { roomId });
    raw.ask(2, "subscription", "me.feed");
    await eventually(() => raw.of(1).find(({ error }) => error), Boolean);
    await eventually(
      () => raw.of(2).length,
      (count) => count === 3,
    );
    const before = raw.frames.length;
    await world().write(who.member, roomId, "secret");
    await world().pool.query("update room set title = 'secret' where id = $1", [roomId]);
    raw.ask(3, "query", "room.list");
    await raw.answer(3);
    expect(raw.frames.length).toBe(before + 1);
    expect(raw.frames.join()).not.toContain("secret");
  });
});
