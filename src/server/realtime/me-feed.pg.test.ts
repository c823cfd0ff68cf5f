import { describe, expect, test } from "vitest";
import type { MeEvent } from "#shared/rooms.ts";
import type { Client } from "#test/follow.ts";
import type { Stage } from "#test/stage.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** What is mine alone: my list of rooms, everything first, and again whatever changes it. */
const world = inAWorld();

function mine({ api }: Pick<Client, "api">) {
  const events: MeEvent[] = [];
  const subscription = api.me.feed.subscribe(undefined, { onData: (event) => events.push(event) });
  const titles = () =>
    events
      .filter((event) => event.type === "rooms")
      .at(-1)
      ?.rooms.map((room) => room.title) ?? null;
  return { events, titles, subscription };
}

async function scene() {
  const [ana, dana] = [await world().person("ana"), await world().person("dana")];
  const roomId = await world().room(ana);
  await world().pool.query("update room set title = 'studio' where id = $1", [roomId]);
  const node = await world().node();
  const stage: Stage = await world().serve(node);
  const of = { ana: mine(stage.client(ana)), dana: mine(stage.client(dana)) };
  await eventually(
    () => [of.ana.titles(), of.dana.titles()],
    (lists) => lists.every(Boolean),
  );
  return { ana, dana, roomId, node, stage, of };
}

const set = (column: string, value: string, roomId: string) =>
  world().pool.query(`update room set ${column} = ${value} where id = $1`, [roomId]);

describe("my list of rooms", () => {
  test("grows when somebody takes me in, shrinks when I am removed, and is nobody else's business", async () => {
    const { dana, roomId, of } = await scene();
    expect([of.ana.titles(), of.dana.titles()]).toEqual([["studio"], []]);
    const anas = of.ana.events.length;
    await world().join(dana, roomId);
    await eventually(of.dana.titles, (titles) => titles?.length === 1);
    await world().remove(dana, roomId);
    await eventually(of.dana.titles, (titles) => titles?.length === 0);
    expect(of.ana.events.length).toBe(anas);
  });

  test("follows a room's new name, for members alone", async () => {
    const { roomId, of } = await scene();
    const danas = of.dana.events.length;
    await set("title", "'attic'", roomId);
    await eventually(of.ana.titles, (titles) => titles?.[0] === "attic");
    expect(of.dana.events.length).toBe(danas);
  });

  test("loses a room that is archived, and has it again when it is opened again", async () => {
    const { roomId, of } = await scene();
    await set("archived_at", "now()", roomId);
    await eventually(of.ana.titles, (titles) => titles?.length === 0);
    await set("archived_at", "null", roomId);
    await eventually(of.ana.titles, (titles) => titles?.[0] === "studio", 3_000);
  });

  test("says how the node hears, and hangs no bell once I am gone", async () => {
    const { node, of, stage } = await scene();
    expect(of.ana.events[0]).toEqual({ type: "node", listening: "live" });
    expect(node.bells.count).toBe(2);
    of.ana.subscription.unsubscribe();
    await eventually(
      () => node.bells.count,
      (count) => count === 1,
    );
    await stage.close();
    await eventually(
      () => node.bells.count,
      (count) => count === 0,
    );
  });
});
