import { beforeAll, describe, expect, test } from "vitest";
import { ASKERS, ROWS, type Scene } from "#test/authorisation.ts";
import { outcome, Play, TYPES, typeOf, words } from "#test/authorisation-play.ts";
import { NAMING, nowhere, OUTSIDERS, withoutElsewhere } from "#test/outsiders.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** R11: plays the table in test/authorisation.ts, every row for every asker, over the socket and over HTTP. */
const world = inAWorld();
let play: Play;
beforeAll(async () => {
  play = await Play.begin(world());
});

const named = <T extends { path: string; of?: string }>(rows: T[]) =>
  rows.map((row) => ({ ...row, name: row.of ? `${row.path} (${row.of})` : row.path }));

test("every procedure has a row that says who may call it, and no row is left over", () => {
  expect([...new Set(ROWS.map(({ path }) => path))].sort()).toEqual(Object.keys(TYPES).sort());
});

describe("whoever asks gets what the row says", () => {
  test.each(named(ROWS))("for $name, over the socket", async ({ path, input, answers, overSocket: differently }) => {
    const found = await Promise.all(
      ASKERS.map(async (asker) => {
        const { scene, who } = await play.sceneFor(asker);
        const answer = await play.overSocket(who, { path, type: typeOf(path), input: input(scene) });
        if (asker === "stranger" || asker === "removed") expect(JSON.stringify(answer)).not.toContain("secret");
        return [asker, outcome(answer)];
      }),
    );
    expect(Object.fromEntries(found)).toEqual({ ...answers, ...differently });
  });

  const plain = ROWS.filter(({ path }) => typeOf(path) !== "subscription");
  test.each(named(plain))("for $name, over HTTP", async ({ path, input, answers }) => {
    const found = await Promise.all(
      ASKERS.map(async (asker) => {
        const { scene, who } = await play.sceneFor(asker);
        return [asker, outcome(await play.overHttp(who, { path, type: typeOf(path), input: input(scene) }))];
      }),
    );
    expect(Object.fromEntries(found)).toEqual(answers);
  });
});

describe("what is not there and what is not theirs are the very same", () => {
  test.each(named(NAMING))("to a stranger and to robin, who was removed, for $name", async ({ path, input }) => {
    for (const asker of ["stranger", "removed"] as const) {
      const { scene, who } = await play.sceneFor(asker);
      const ask = (of: Scene) => play.overSocket(who, { path, type: typeOf(path), input: input(of) });
      expect(words(await ask(scene))).toBe(words(await ask(nowhere(scene))));
    }
  });

  test.each(named(OUTSIDERS))("to an owner in her own room, for $name", async ({ path, input, answer }) => {
    const { scene, who } = await play.sceneFor("owner");
    const ask = (of: Scene) => play.overSocket(who, { path, type: typeOf(path), input: input(of) });
    const theirs = await ask(scene);
    expect(outcome(theirs)).toBe(answer);
    expect(words(theirs)).toBe(words(await ask(withoutElsewhere(scene))));
    expect(JSON.stringify(theirs)).not.toContain("secret");
  });
});

test("to a member the health of the server is a procedure that does not exist; an admin reads it", async () => {
  const { who } = await play.sceneFor("member");
  const ask = (path: string) => play.overSocket(who, { path, type: "query", input: undefined });
  const [hidden, missing] = [words(await ask("health.read")), words(await ask("health.none"))];
  expect(hidden).toBe(missing.replace("health.none", "health.read"));
  const admin = await play.sceneFor("admin");
  expect(outcome(await play.overSocket(admin.who, { path: "health.read", type: "query", input: undefined }))).toBe(
    "ok",
  );
});

describe("without a session", () => {
  test("no socket opens, with no cookie, a made-up one or somebody's cut short; ana's does", async () => {
    const stage = play.stage;
    const { cookie } = await world().person("ana");
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

  test("a stranger's feeds of a room take no seat, hear no bell of it and see no change", async () => {
    const { scene, who } = await play.sceneFor("stranger");
    if (!who) throw new Error("The stranger is missing.");
    const raw = await RawSocket.open(play.stage, who);
    raw.ask(1, "subscription", "room.feed", { roomId: scene.roomId });
    raw.ask(2, "subscription", "room.activity", { roomId: scene.roomId });
    for (const id of [1, 2]) await eventually(() => raw.of(id).find(({ error }) => error), Boolean);
    raw.ask(3, "subscription", "me.feed");
    await eventually(
      () => raw.of(3).flatMap(({ result }) => (result?.data?.type === "rooms" ? [result.data] : [])).length,
      (count) => count > 0,
    );
    await world().write({ id: scene.anaId }, scene.roomId, "secret");
    await world().pool.query("update room set topic = 'secret' where id = $1", [scene.roomId]);
    // Rings for the stranger themselves: what was said before it has passed by when it is heard.
    const mine = await world().room(who);
    await eventually(
      () => raw.frames.join(),
      (frames) => frames.includes(mine),
    );
    expect(raw.frames.join()).not.toContain("secret");
    expect(raw.frames.join()).not.toContain(scene.anaId);
  });
});
