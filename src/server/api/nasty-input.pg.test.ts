import { beforeAll, describe, expect, test, vi } from "vitest";
import { newId } from "#shared/ids.ts";
import { ROWS } from "#test/authorisation.ts";
import { outcome, Play, typeOf } from "#test/authorisation-play.ts";
import { inAWorld } from "#test/world.ts";

/** Whatever is in a field, it is taken or refused: nothing makes the server stumble over it (INTERNAL). */
vi.hoisted(() => {
  // Or the rate limit would answer in the place of what is asked. Read once, at the first look.
  process.env.RATE_ACTIONS_PER_MINUTE = "1000000";
});
const world = inAWorld();
let play: Play;
beforeAll(async () => {
  play = await Play.begin(world());
});

const NASTY = [
  "",
  " ",
  "a\u0000b",
  "\ud800",
  "\u0085",
  "x".repeat(5_000),
  "😀".repeat(60),
  "%_\\'\";--",
  "9999-12-31T23:59:59-23:00",
  "0000-01-01T00:00:00Z",
  -1,
  0.5,
  2 ** 31,
  2 ** 53 - 1,
  1e300,
  null,
  true,
  [],
  {},
];

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** The input once for every field in it and everything nasty, with that in its place. */
function* spoiled(input: unknown): Iterable<unknown> {
  if (!isJson(input)) return;
  for (const [field, value] of Object.entries(input)) {
    const put = (other: unknown) =>
      Array.isArray(input) ? input.with(Number(field), other) : { ...input, [field]: other };
    for (const nasty of NASTY) yield put(nasty);
    for (const deeper of spoiled(value)) yield put(deeper);
  }
}

/** An id of the caller's choice that was used answers what was made, and looks at nothing else: every call has its own. */
const anew = (path: string, input: unknown): unknown => {
  const chosen = { "room.create": "roomId", "message.send": "clientId" }[path];
  if (!chosen || !isJson(input) || String(input[chosen]).length !== 36) return input;
  return { ...input, [chosen]: newId() };
};

/** Fields that no row fills in. */
const MORE = [
  { path: "room.browse", input: () => ({ query: "a", after: "a", isArchived: false }) },
  {
    path: "room.create",
    input: () => ({ kind: "channel", roomId: newId(), title: "a", topic: "a", visibility: "public" }),
  },
  { path: "me.setStatus", input: () => ({ status: { emoji: "", text: "a", until: "2030-01-01T00:00:00Z" } }) },
  { path: "me.updateProfile", input: () => ({ name: "a", avatar: { hue: 1, initials: "a" } }) },
  { path: "member.list", input: ({ roomId }: { roomId: string }) => ({ roomId, after: "a", limit: 1 }) },
];

const asked = [...ROWS, ...MORE].filter(({ path }) => typeOf(path) !== "subscription");

describe("an owner's call with nonsense in one field is taken or refused", () => {
  test.each(asked)("$path", async ({ path, input }) => {
    const { scene, who } = await play.sceneFor("owner");
    for (const nonsense of spoiled(input(scene))) {
      const answer = await play.overHttp(who, { path, type: typeOf(path), input: anew(path, nonsense) });
      expect(["INTERNAL", "no reason", "TOO_MANY_REQUESTS"], JSON.stringify(nonsense)).not.toContain(outcome(answer));
    }
    expect(outcome(await play.overHttp(who, { path: "room.list", type: "query", input: undefined }))).toBe("ok");
  });
});
