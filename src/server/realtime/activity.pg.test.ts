import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { RECEIPTS_LIVE_MAX } from "#shared/limits.ts";
import { followActivity } from "#test/me.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** What fades in a room: for members alone, on every node, and nothing of it after a removal. */
const world = inAWorld();

async function scene() {
  const [ana, ben, robin, dana] = [
    await world().person("ana"),
    await world().person("ben"),
    await world().person("robin"),
    await world().person("dana"),
  ];
  const roomId = await world().room(ana, ben, robin);
  const nodes = [await world().node(), await world().node()] as const;
  const stages = [await world().serve(nodes[0]), await world().serve(nodes[1])] as const;
  const clients = { ana: stages[0].client(ana), ben: stages[1].client(ben), robin: stages[1].client(robin) };
  const of = {
    ana: followActivity(clients.ana, roomId),
    ben: followActivity(clients.ben, roomId),
    robin: followActivity(clients.robin, roomId),
  };
  await eventually(
    () => Object.values(of).map(({ snapshots }) => snapshots.length),
    (told) => told.every((count) => count === 1),
  );
  return { ana, ben, robin, dana, roomId, nodes, stages, clients, of };
}

const types = (
  { api }: { api: Awaited<ReturnType<typeof scene>>["clients"]["ana"]["api"] },
  roomId: string,
  threadRoot?: string,
) => api.room.typing.mutate({ roomId, ...(threadRoot ? { threadRoot } : {}) });
const typists = (seen: { typing: { userId: string }[] }) => seen.typing.map(({ userId }) => userId);

describe("typing", () => {
  test("is heard by the others on both nodes, in its thread, and never by oneself at any device", async () => {
    const { ana, ben, roomId, stages, clients, of } = await scene();
    const tablet = followActivity(stages[1].client({ ...ana, ...(await world().session(ana.id)) }), roomId);
    await eventually(
      () => tablet.snapshots.length,
      (count) => count === 1,
    );
    const rootId = await world().write(ben, roomId, "a question");
    await types(clients.ana, roomId);
    await types(clients.ana, roomId, rootId);
    for (const seen of [of.ben, of.robin])
      await eventually(
        () => seen.typing,
        (typing) => typing.length === 2,
      );
    expect(of.ben.typing).toEqual([
      { userId: ana.id, threadRoot: null },
      { userId: ana.id, threadRoot: rootId },
    ]);
    // A later word of ben's has reached both: hers would have, too.
    await types(clients.ben, roomId);
    for (const seen of [of.ana, tablet])
      await eventually(
        () => typists(seen),
        (who) => who.includes(ben.id),
      );
    expect([...typists(of.ana), ...typists(tablet)]).toEqual([ben.id, ben.id]);
  });

  test("is NOT_FOUND for a stranger, for a removed member and in a room that is not there; ana, without the room open, may", async () => {
    const { ana, dana, robin, roomId, stages, of } = await scene();
    await world().remove(robin, roomId);
    const refused = { data: { reason: "NOT_FOUND" } };
    await expect(types(stages[0].client(dana), roomId)).rejects.toMatchObject(refused);
    await expect(types(stages[0].client(robin), roomId)).rejects.toMatchObject(refused);
    await expect(types(stages[0].client(ana), newId())).rejects.toMatchObject(refused);
    await types(stages[1].client(ana), roomId);
    await eventually(
      () => typists(of.ben),
      (who) => who.includes(ana.id),
    );
    expect(typists(of.ben)).not.toContain(dana.id);
  });

  test("said again within a second, or in many places at once, is not told; a second later it is", async () => {
    const { ana, roomId, nodes, clients, of } = await scene();
    /** Somebody whose word leaves the same node after all others has been heard. */
    const isHeard = async () => {
      const last = newId();
      nodes[0].typing.say({ roomId, userId: last, threadRoot: null });
      await eventually(
        () => typists(of.robin),
        (who) => who.includes(last),
      );
    };
    const hers = () => of.robin.typing.filter(({ userId }) => userId === ana.id);
    const saidAt = performance.now();
    await types(clients.ana, roomId);
    await isHeard();
    await types(clients.ana, roomId);
    await Promise.all(Array.from({ length: 30 }, () => types(clients.ana, roomId, newId())));
    await isHeard();
    if (performance.now() - saidAt < 1_000) expect(hers().length).toBe(5);
    expect(hers().filter(({ threadRoot }) => threadRoot === null).length).toBe(1);
    await eventually(
      async () => {
        await types(clients.ana, roomId);
        return hers().filter(({ threadRoot }) => threadRoot === null).length;
      },
      (told) => told === 2,
    );
  });

  test("of two hundred people fits the payloads, and all of them are heard", async () => {
    const { ana, roomId, nodes, of } = await scene();
    const people = Array.from({ length: 200 }, () => newId());
    for (const userId of people) nodes[0].typing.say({ roomId, userId, threadRoot: ana.id });
    await eventually(
      () => new Set(typists(of.ben)).size,
      (count) => count === 200,
    );
  });
});

describe("watermarks", () => {
  test("are told to whoever opens the room, and then as they move, on both nodes", async () => {
    const { ana, ben, robin, roomId, clients, of } = await scene();
    expect([...of.ana.marks.keys()].sort()).toEqual([ana.id, ben.id, robin.id].sort());
    await world().write(ana, roomId, "hello");
    const seq = (await world().ledger(roomId)).seqs.at(-1) ?? 0;
    await clients.ben.api.me.read.mutate({ roomId, seq });
    for (const seen of [of.ana, of.ben, of.robin])
      await eventually(
        () => seen.marks.get(ben.id),
        (mark) => mark === seq,
      );
    expect(of.ana.snapshots.length).toBe(1);
  });

  test("of a room with more members than are told of are told to nobody, and the feed stands", async () => {
    const { ana, ben, roomId, stages, clients } = await scene();
    await world().pool.query(
      `with made as (insert into "user" (username, display_name) select 'crowd-' || left(gen_random_uuid()::text, 8) || n, 'crowd'
         from generate_series(1, $2::int) n returning id) insert into member (room_id, user_id) select $1, id from made`,
      [roomId, RECEIPTS_LIVE_MAX],
    );
    const late = followActivity(stages[0].client(ana), roomId);
    await eventually(
      () => late.snapshots,
      ([size]) => size === 0,
    );
    await types(clients.ben, roomId);
    await eventually(
      () => typists(late),
      (who) => who.includes(ben.id),
    );
  });
});

describe("a removed member", () => {
  const endings = async ({ of, ...on }: Awaited<ReturnType<typeof scene>>, act: () => Promise<unknown>) => {
    const before = [...of.robin.typing];
    await world().remove(on.robin, on.roomId);
    await act();
    await eventually(
      () => of.robin.errors,
      (errors) => errors.length > 0,
    );
    expect(of.robin.errors).toEqual(["REMOVED"]);
    expect(of.robin.typing).toEqual(before);
  };

  test("hears REMOVED, and nothing of who types after it, on the second node; the others do", async () => {
    const on = await scene();
    await endings(on, () => types(on.clients.ben, on.roomId));
    await eventually(
      () => typists(on.of.ana),
      (who) => who.includes(on.ben.id),
    );
  });

  test("hears nothing of a mark that moves after it; ana does", async () => {
    const on = await scene();
    await world().write(on.ana, on.roomId, "hello");
    const seq = (await world().ledger(on.roomId)).seqs.at(-1) ?? 0;
    await endings(on, () => on.clients.ben.api.me.read.mutate({ roomId: on.roomId, seq }));
    await eventually(
      () => on.of.ana.marks.get(on.ben.id),
      (mark) => mark === seq,
    );
    expect(on.of.robin.marks.get(on.ben.id)).not.toBe(seq);
  });

  test("hears nothing of such a mark also when no bell told of the removal: the read itself sees it", async () => {
    const { ana, ben, robin, roomId, clients, of } = await scene();
    await world().write(ana, roomId, "hello");
    const seq = (await world().ledger(roomId)).seqs.at(-1) ?? 0;
    await world().silently("update member set left_at = now() where room_id = $1 and user_id = $2", [roomId, robin.id]);
    await clients.ben.api.me.read.mutate({ roomId, seq });
    for (const seen of [of.ana, of.ben])
      await eventually(
        () => seen.marks.get(ben.id),
        (mark) => mark === seq,
      );
    expect(of.robin.marks.get(ben.id)).not.toBe(seq);
  });

  test("may not open it again, as a stranger may not: NOT_FOUND; taken in again, may", async () => {
    const { robin, dana, roomId, stages } = await scene();
    await world().remove(robin, roomId);
    const open = (who: Somebody) => followActivity(stages[0].client(who), roomId);
    for (const refused of [open(robin), open(dana)])
      await eventually(
        () => refused.errors,
        ([reason]) => reason === "NOT_FOUND",
      );
    await world().pool.query(
      "update member set left_at = null, joined_at = now() where room_id = $1 and user_id = $2",
      [roomId, robin.id],
    );
    const again = open(robin);
    await eventually(
      () => again.snapshots.length,
      (count) => count === 1,
    );
  });

  test("is found also when no bell rang, at the next look: LISTEN was away", async () => {
    const { robin, roomId, nodes, of } = await scene();
    await world().silently("update member set left_at = now() where room_id = $1 and user_id = $2", [roomId, robin.id]);
    await world().pool.query("select pg_notify('earshot', 'x-from-a-newer-version')");
    await eventually(
      () => of.robin.errors,
      ([reason]) => reason === "REMOVED",
    );
    expect(nodes[1].activity.seats).toBe(1);
  });
});

test("while the node does not hear of removals nobody is taken for proved, and no typing is told; afterwards it is", async () => {
  const { ana, ben, roomId, nodes, of } = await scene();
  const [{ activity, listener }] = nodes;
  const said = { kind: "typing", roomId, userId: ben.id, threadRoot: null } as const;
  expect(activity.isOpenTo(ana.id, roomId)).toBe(true);
  listener.state = "polling";
  activity.hear(said);
  expect(activity.isOpenTo(ana.id, roomId)).toBe(false);
  listener.state = "live";
  activity.hear({ ...said, threadRoot: roomId });
  await eventually(
    () => of.ana.typing,
    (typing) => typing.length > 0,
  );
  expect(of.ana.typing).toEqual([{ userId: ben.id, threadRoot: roomId }]);
});

test("whoever leaves leaves nothing behind", async () => {
  const { nodes, stages } = await scene();
  expect(nodes.map(({ activity }) => activity.seats)).toEqual([1, 2]);
  for (const stage of stages) await stage.close();
  await eventually(
    () => nodes.map(({ activity }) => activity.seats),
    (seats) => seats.every((count) => count === 0),
  );
});
