import { describe, expect, test, vi } from "vitest";
import { newId } from "#shared/ids.ts";
import { followMe, unbounded } from "#test/me.ts";
import type { Stage } from "#test/stage.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** What is mine alone: everything first, and again whatever changes it. */
const world = inAWorld();

async function scene() {
  const [ana, dana] = [await world().person("ana"), await world().person("dana")];
  const roomId = await world().room(ana);
  await world().pool.query("update room set title = 'studio' where id = $1", [roomId]);
  const node = await world().node();
  const stage: Stage = await world().serve(node);
  const of = { ana: followMe(stage.client(ana)), dana: followMe(stage.client(dana)) };
  await eventually(
    () => [of.ana.isWelcome(), of.dana.isWelcome()],
    (welcome) => welcome.every(Boolean),
  );
  return { ana, dana, roomId, node, stage, of };
}

const set = (column: string, value: string, roomId: string) =>
  world().pool.query(`update room set ${column} = ${value} where id = $1`, [roomId]);

/** Of these devices none has heard anything when the others have: what is not theirs does not reach them. */
const heard = (device: ReturnType<typeof followMe>, type: string) =>
  device.events.filter((event) => event.type === type).length;

describe("my list of rooms", () => {
  test("grows when somebody takes me in, shrinks when I am removed, and is nobody else's business", async () => {
    const { dana, roomId, of } = await scene();
    expect([of.ana.titles(), of.dana.titles()]).toEqual([["studio"], []]);
    const anas = heard(of.ana, "rooms");
    await world().join(dana, roomId);
    await eventually(of.dana.titles, (titles) => titles?.length === 1);
    await world().remove(dana, roomId);
    await eventually(of.dana.titles, (titles) => titles?.length === 0);
    expect(heard(of.ana, "rooms")).toBe(anas);
  });

  test("follows a room's new name and its end, for members alone", async () => {
    const { roomId, of } = await scene();
    const danas = of.dana.events.filter((event) => event.type !== "presence").length;
    await set("title", "'attic'", roomId);
    await eventually(of.ana.titles, (titles) => titles?.[0] === "attic");
    await set("archived_at", "now()", roomId);
    await eventually(
      () => of.ana.room(roomId)?.archivedAt,
      (archivedAt) => Boolean(archivedAt),
    );
    await set("archived_at", "null", roomId);
    await eventually(
      () => of.ana.room(roomId)?.archivedAt,
      (archivedAt) => archivedAt === null,
    );
    expect(of.dana.events.filter((event) => event.type !== "presence").length).toBe(danas);
  });

  test("follows how I want a room, on all my devices", async () => {
    const { ana, roomId, stage, of } = await scene();
    const tablet = followMe(stage.client({ ...ana, ...(await world().session(ana.id)) }));
    await eventually(tablet.isWelcome, Boolean);
    await world().pool.query("update member set is_favourite = true, level = 'mentions' where room_id = $1", [roomId]);
    for (const device of [of.ana, tablet])
      await eventually(
        () => device.room(roomId),
        (room) => room?.isFavourite === true && room.level === "mentions",
      );
  });

  test("says how the node hears, and keeps no inbox once I am gone", async () => {
    const { node, of, stage } = await scene();
    expect(of.ana.events[0]).toEqual({ type: "node", listening: "live" });
    expect(node.me.inboxes).toBe(2);
    of.ana.subscription.unsubscribe();
    await eventually(
      () => node.me.inboxes,
      (count) => count === 1,
    );
    await stage.close();
    await eventually(
      () => node.me.inboxes,
      (count) => count === 0,
    );
  });
});

describe("people whom I share a room with", () => {
  const names = (device: ReturnType<typeof followMe>) =>
    [...device.state.people.values()].map(({ name }) => name).sort();

  test("are known from the start, myself first; a stranger is not", async () => {
    const { ana, roomId, stage, of } = await scene();
    const ben = await world().person("ben");
    await world().join(ben, roomId);
    const bens = followMe(stage.client(ben));
    await eventually(bens.isWelcome, Boolean);
    expect(names(bens)).toEqual(["ana", "ben"]);
    expect([...bens.state.people.keys()][0]).toBe(ben.id);
    expect(names(of.dana)).toEqual(["dana"]);
    await eventually(
      () => names(of.ana),
      (known) => known.includes("ben"),
    );
    expect(of.ana.state.people.has(ana.id)).toBe(true);
  });

  test("become known when they come into a room of mine, and tell of a new name; to a stranger neither", async () => {
    const { roomId, of } = await scene();
    const cleo = await world().person("cleo");
    await world().join(cleo, roomId);
    await eventually(
      () => names(of.ana),
      (known) => known.includes("cleo"),
    );
    const rename = (who: { id: string }, name: string) =>
      world().pool.query('update "user" set display_name = $2 where id = $1', [who.id, name]);
    await rename(cleo, "Cleopatra");
    await eventually(
      () => names(of.ana),
      (known) => known.includes("Cleopatra"),
    );
    expect(names(of.dana)).toEqual(["dana"]);
  });

  test("are shown as gone once we share no room, and whoever left knows them no more", async () => {
    const { dana, roomId, of } = await scene();
    await world().join(dana, roomId);
    await eventually(
      () => of.ana.presenceOf(dana),
      (state) => state === "online",
    );
    await eventually(
      () => names(of.dana),
      (known) => known.length === 2,
    );
    await world().remove(dana, roomId);
    await eventually(
      () => of.ana.presenceOf(dana),
      (state) => state === "offline",
    );
    await eventually(
      () => names(of.dana),
      (known) => known.length === 1,
    );
  });
});

describe("threads and what I saved", () => {
  test("come to me alone, count others' replies, and are gone when I have read or left", async () => {
    const { ana, roomId, of } = await scene();
    const ben = await world().person("ben");
    await world().join(ben, roomId);
    const rootId = await world().write(ana, roomId, "a question");
    const reply = (who: Somebody) =>
      world().pool.query("insert into message (room_id, author_id, body, thread_root) values ($1, $2, 'answer', $3)", [
        roomId,
        who.id,
        rootId,
      ]);
    const unread = (count: number) =>
      eventually(
        () => of.ana.state.threads,
        ([thread]) => thread?.rootId === rootId && thread.roomId === roomId && thread.unread === count,
      );
    await reply(ben);
    await unread(1);
    await reply(ben);
    await unread(2);
    await reply(ana);
    await world().pool.query(
      "update message set deleted_at = now() where id = (select id from message where thread_root = $1 order by seq limit 1)",
      [rootId],
    );
    await unread(1);
    await world().pool.query("update thread_follow set last_read_seq = 1000 where user_id = $1", [ana.id]);
    await eventually(
      () => of.ana.state.threads,
      (threads) => threads.length === 0,
    );
    await world().pool.query("insert into saved (user_id, message_id) values ($1, $2)", [ana.id, rootId]);
    await eventually(() => of.ana.state.saved.has(rootId), Boolean);
    expect([of.dana.state.threads, of.dana.state.saved.size]).toEqual([[], 0]);
    await world().remove(ana, roomId);
    await eventually(
      () => of.ana.state.saved.size,
      (size) => size === 0,
    );
  });
});

describe("a device that comes back", () => {
  test("to 500 rooms costs a handful of statements, and nobody who stayed reads anything anew", async () => {
    const { ana, stage, of } = await scene();
    const ben = await world().person("ben");
    await world().pool.query(
      `with made as (insert into room (id, title) select gen_random_uuid(), 'room ' || n from generate_series(1, 500) n returning id)
       insert into member (room_id, user_id) select made.id, u from made, unnest($1::uuid[]) u`,
      [[ana.id, ben.id]],
    );
    await eventually(of.ana.titles, (titles) => titles?.length === 501);
    // With the list came what else changed for her, in the same round: saved messages last.
    await eventually(
      () => heard(of.ana, "saved"),
      (times) => times === 2,
    );
    const anas = heard(of.ana, "rooms");
    const ask = vi.spyOn(world().pool, "query");
    const bens = followMe(stage.client(ben));
    await eventually(bens.isWelcome, Boolean);
    const asked = ask.mock.calls.map(([query]) => (query as { name?: string }).name ?? String(query));
    const mine = asked.filter((name) => ["my-rooms", "people-of", "threads-of", "saved-of", "counts"].includes(name));
    expect(mine.sort()).toEqual(["my-rooms", "people-of", "saved-of", "threads-of"]);
    expect(bens.titles()?.length).toBe(500);
    expect(heard(of.ana, "rooms")).toBe(anas);
  });

  test("with sixty others is read with them: fewer statements than people", async () => {
    const { node } = await scene();
    const people = await Promise.all(Array.from({ length: 60 }, () => world().person("cleo")));
    const ask = vi.spyOn(world().pool, "query");
    const inboxes = people.map((person) => node.me.open(person.id, undefined));
    for (const inbox of inboxes) {
      const types = new Set<string>();
      while (!types.has("saved")) for (const event of (await inbox.next(unbounded)) ?? []) types.add(event.type);
    }
    const asked = ask.mock.calls.map(([query]) => (query as { name?: string }).name ?? "");
    const reads = asked.filter((name) => ["my-rooms", "people-of", "threads-of", "saved-of"].includes(name));
    expect(reads.length).toBe(4 * Math.ceil(people.length / 20));
    for (const inbox of inboxes) inbox.close();
    expect(await inboxes[0]?.next(unbounded)).toBeNull();
  });
});

test.each(["live", "polling"] as const)(
  "a session that ended hears nothing of what came after while the node is %s, also when no bell told of its end; ana's does",
  async (state) => {
    const { ana, roomId, node, stage } = await scene();
    const robin = await world().person("robin");
    await world().join(robin, roomId);
    const robins = followMe(stage.client(robin));
    const anas = followMe(stage.client(ana));
    await eventually(
      () => [robins.isWelcome(), anas.isWelcome()],
      (welcome) => welcome.every(Boolean),
    );
    node.listener.state = state;
    await world().silently("update session set revoked_at = clock_timestamp() where id = $1", [robin.sessionId]);
    await set("title", "'after'", roomId);
    await eventually(
      () => anas.room(roomId)?.title,
      (title) => title === "after",
    );
    expect(robins.events.some((event) => JSON.stringify(event).includes('"after"'))).toBe(false);
    node.listener.state = "live";
  },
);

test("a device that comes tells my others nothing anew, and follows once on one connection", async () => {
  const { ana, node, stage, of } = await scene();
  await eventually(() => of.ana.isWelcome(), Boolean);
  const before = (["rooms", "people", "saved"] as const).map((type) => heard(of.ana, type));
  const client = stage.client({ ...ana, ...(await world().session(ana.id)) });
  const first = followMe(client);
  await eventually(first.isWelcome, Boolean);
  const second = followMe(client);
  await eventually(second.isWelcome, Boolean);
  expect((["rooms", "people", "saved"] as const).map((type) => heard(of.ana, type))).toEqual(before);
  expect(node.me.inboxes).toBe(3);
});

test("while the database is away feeds end as UNAVAILABLE, and begin anew when it is back", async () => {
  const { roomId, node, of } = await scene();
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const away = vi.spyOn(world().pool, "query").mockImplementation((() => Promise.reject(refused)) as never);
  node.me.hear({ kind: "settings", roomId });
  await eventually(
    () => [of.ana.errors, of.dana.errors],
    (errors) => errors.every(([first]) => first === "UNAVAILABLE"),
  );
  away.mockRestore();
  expect(node.me.inboxes).toBe(0);
  const inbox = node.me.open(newId(), undefined);
  const seen = new Set<string>();
  while (!seen.has("saved")) for (const event of (await inbox.next(unbounded)) ?? []) seen.add(event.type);
  inbox.close();
});
