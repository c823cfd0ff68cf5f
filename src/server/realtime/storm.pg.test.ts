import { expect, test, vi } from "vitest";
import { cursorOf } from "#shared/feed.ts";
import { follow } from "#test/follow.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { OUR_ORIGIN } from "#test/stage.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** When everybody comes back at once: what they ask of Postgres grows with the rooms, not with the people. */
const world = inAWorld();

const PEOPLE = 40;

/** A room with forty people and thirty messages, and a node that has just been started: it remembers nothing. */
async function afterARestart() {
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, n) => world().person(`p${n}`)));
  const roomId = await world().room(...people);
  const [ana] = people;
  if (!ana) throw new Error("Nobody came.");
  const { version: before } = await world().ledger(roomId);
  for (let n = 0; n < 30; n++) await world().write(ana, roomId, `meanwhile ${n}`);
  const node = await world().node();
  const stage = await world().serve(node);
  const clients = people.map((person) => stage.client(person));
  return { ana, people, roomId, before, node, stage, followed };
  function followed(n: number, from?: string) {
    const client = clients[n];
    if (!client) throw new Error("They did not come.");
    return follow(client, roomId, from);
  }
}

const nameOf = (query: unknown) => (query as { name?: string }).name;

/** How often a named statement was asked from now on. */
function counting() {
  const ask = vi.spyOn(world().pool, "query");
  return (name: string) => ask.mock.calls.filter(([query]) => nameOf(query) === name).length;
}

/** Does something when a named statement is asked, or with its answer before it is given. */
function around(name: string, { before, after }: { before?: () => Promise<unknown>; after?: () => Promise<unknown> }) {
  const original = world().pool.query.bind(world().pool) as (...args: unknown[]) => Promise<unknown>;
  vi.spyOn(world().pool, "query").mockImplementation((async (...args: unknown[]) => {
    if (nameOf(args[0]) !== name) return original(...args);
    await before?.();
    const answer = await original(...args);
    await after?.();
    return answer;
  }) as never);
}

const holes = (batches: { from: number; to: number }[]) =>
  batches.filter(({ from }, place) => from > (batches[place - 1]?.to ?? from)).length;

test("forty who come back to a room that the node has not read yet cost a few statements, and miss nothing", async () => {
  const { ana, people, roomId, before, node, followed } = await afterARestart();
  const asked = counting();
  const back = people.map((_, n) => followed(n, cursorOf(node.hub.epoch, before)));
  await eventually(
    () => node.hub.seats,
    (seats) => seats === PEOPLE,
  );
  await world().write(ana, roomId, "afterwards");
  const bodies = [...Array.from({ length: 30 }, (_, n) => `meanwhile ${n}`), "afterwards"];
  for (const one of back) await eventually(one.bodies, (heard) => heard.length === bodies.length);
  for (const one of back) expect([one.bodies(), holes(one.batches)]).toEqual([bodies, 0]);
  // The page that the first ones shared, and those who asked after it was read found it in the ring; and the last word.
  expect(asked("read-changes")).toBeLessThanOrEqual(4);
});

test("forty who begin anew share the newest page, and hear what is said after it", async () => {
  const { ana, people, roomId, node, followed } = await afterARestart();
  const asked = counting();
  const fresh = people.map((_, n) => followed(n));
  await eventually(
    () => node.hub.seats,
    (seats) => seats === PEOPLE,
  );
  await world().write(ana, roomId, "afterwards");
  for (const one of fresh) await eventually(one.bodies, (heard) => heard.at(-1) === "afterwards");
  for (const one of fresh) expect([one.bodies().length, holes(one.batches)]).toEqual([31, 0]);
  expect(asked("newest-page")).toBeLessThanOrEqual(2);
});

test("somebody who begins is not given the newest page when they were removed while it was read", async () => {
  const { ana, people, roomId, node, followed } = await afterARestart();
  let reads = 0;
  around("newest-page", {
    before: async () => {
      if (reads++ > 0 || !people[1]) return;
      await world().remove(people[1], roomId);
      await world().write(ana, roomId, "without robin");
    },
  });
  const [robin, admitted] = [followed(1), followed(0)];
  await eventually(robin.reasons, (reasons) => reasons.length > 0);
  expect([robin.reasons(), robin.bodies()]).toEqual([["NOT_FOUND"], []]);
  await eventually(admitted.bodies, (bodies) => bodies.includes("without robin"));
  expect(node.hub.seats).toBe(1);
});

test("somebody who was taken in again is not cut off by a page that was read before", async () => {
  const { ana, people, roomId, before, node, followed } = await afterARestart();
  const [, ben] = people;
  if (!ben) throw new Error("Ben did not come.");
  await world().remove(ben, roomId);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let reads = 0;
  around("read-changes", { after: async () => reads++ > 0 || held });
  const cursor = cursorOf(node.hub.epoch, before);
  const anas = followed(0, cursor);
  await eventually(
    () => reads,
    (count) => count > 0,
  );
  await world().pool.query("update member set left_at = null where room_id = $1 and user_id = $2", [roomId, ben.id]);
  const bens = followed(1, cursor);
  await world().write(ana, roomId, "welcome back");
  letGo();
  for (const one of [anas, bens]) await eventually(one.bodies, (bodies) => bodies.includes("welcome back"));
  expect([bens.reasons(), holes(bens.batches), bens.bodies().length]).toEqual([[], 0, 31]);
});

test("somebody whose session ended, unheard, is not served by what another's page has put into the ring", async () => {
  const { ana, people, roomId, before, node, stage, followed } = await afterARestart();
  const [, robin] = people;
  if (!robin) throw new Error("Robin did not come.");
  const raw = await RawSocket.open(stage, robin);
  await world().silently("update session set revoked_at = now() where id = $1", [robin.sessionId]);
  await world().write(ana, roomId, "after robin's end");
  const back = followed(2, cursorOf(node.hub.epoch, before));
  await eventually(back.bodies, (bodies) => bodies.includes("after robin's end"));
  if (raw.socket.readyState === raw.socket.OPEN)
    raw.ask(1, "subscription", "room.feed", { roomId, lastEventId: cursorOf(node.hub.epoch, before + 5) });
  expect((await eventually(() => raw.closed, Boolean))?.code).toBe(4401);
  expect(raw.bodies(1)).toEqual([]);
});

test("nobody who comes after a deletion is shown what was deleted", async () => {
  const { ana, people, roomId, node, followed } = await afterARestart();
  const id = await world().write(ana, roomId, "a slip of the tongue");
  const first = followed(0);
  await eventually(first.bodies, (bodies) => bodies.includes("a slip of the tongue"));
  await world().pool.query("update message set deleted_at = now() where id = $1", [id]);
  const { version } = await world().ledger(roomId);
  await eventually(
    () => first.batches.at(-1)?.to,
    (to) => to === version,
  );
  const later = followed(people.length - 1);
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 2,
  );
  await world().write(ana, roomId, "as I was saying");
  await eventually(later.bodies, (bodies) => bodies.includes("as I was saying"));
  expect(later.bodies()).not.toContain("a slip of the tongue");
});

test("beyond 500 handshakes at once the others are asked to come again, and then come in", async () => {
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, n) => world().person(`p${n}`)));
  const stage = await world().serve(await world().node());
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  around("viewers-by-token", { before: () => held });
  let refused = 0;
  const knock = (n: number) =>
    new Promise<number>((resolve) => {
      const socket = stage.raw({ cookie: people[n % PEOPLE]?.cookie ?? "", origin: OUR_ORIGIN });
      socket.on("unexpected-response", (_, { statusCode }) => {
        refused++;
        resolve(statusCode ?? 0);
      });
      socket.on("open", () => {
        socket.terminate();
        resolve(101);
      });
      socket.on("error", () => {});
    });
  const knocks = Array.from({ length: 520 }, (_, n) => knock(n));
  await eventually(
    () => refused,
    (count) => count === 20,
  );
  letGo();
  const statuses = await Promise.all(knocks);
  expect(statuses.filter((status) => status === 503).length).toBe(20);
  expect(statuses.filter((status) => status === 101).length).toBe(500);
  expect(await knock(0)).toBe(101);
});
