import { describe, expect, test } from "vitest";
import { applied, type Client, follow, say } from "#test/follow.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** A room's feed by the real client over a real socket: everything, in order, as many rooms as one likes. */
const world = inAWorld();

async function two() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  const stage = await world().serve(node);
  return { ana, ben, roomId, node, stage, of: { ana: stage.client(ana), ben: stage.client(ben) } };
}

describe("a room's feed, over a real socket with the real client", () => {
  test("ben sees what ana says, through the hub's own frames, in order", async () => {
    const { roomId, of, node } = await two();
    const seen = follow(of.ben, roomId);
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 1,
    );
    for (const word of ["one", "two", "three"]) await say(of.ana, roomId, word);
    await eventually(seen.bodies, (bodies) => bodies.length === 3);
    expect(seen.bodies()).toEqual(["one", "two", "three"]);
    expect(seen.batches[0]?.reset, "without a cursor it begins with a fresh page").toEqual({ hasOlder: false });
    for (const [index, batch] of seen.batches.entries()) {
      if (index > 1) expect(batch.from, "each batch begins where the last one ended").toBe(seen.batches[index - 1]?.to);
    }
  });

  test("a second node hears the first", async () => {
    const { ana, ben, roomId, of } = await two();
    const second = await world().node();
    const seen = follow((await world().serve(second)).client(ben), roomId);
    await eventually(
      () => second.hub.seats,
      (seats) => seats === 1,
    );
    await say(of.ana, roomId, `from ${ana.id}`);
    await eventually(seen.bodies, (bodies) => bodies.length === 1);
  });

  test("a join, an edit, a deletion and a new title arrive as rows; a deleted body does not", async () => {
    const { ana, roomId, of, node } = await two();
    const seen = follow(of.ben, roomId);
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 1,
    );
    const { id } = await say(of.ana, roomId, "secret");
    const cleo = await world().person("cleo");
    await world().join(cleo, roomId);
    await world().pool.query("update room set title = 'attic' where id = $1", [roomId]);
    await world().pool.query("update message set deleted_at = now() where id = $1", [id]);
    const { version } = await world().ledger(roomId);
    await eventually(
      () => seen.batches.at(-1)?.to,
      (to) => to === version,
    );
    const { rows, gaps } = applied(seen.batches);
    expect(gaps).toBe(0);
    expect(rows.get(id)).toMatchObject({
      type: "message",
      message: { body: "", deletedAt: expect.any(String), author: { id: ana.id } },
    });
    expect(rows.get(cleo.id)).toMatchObject({ type: "member", member: { leftAt: null } });
    expect(rows.get("room")).toMatchObject({ type: "room", room: { title: "attic" } });
  });
});

test("whoever follows many rooms has all of them back after a cut, though the client asks for all of them at once", async () => {
  const { ana, roomId, node, of } = await two();
  const follows = Array.from({ length: 30 }, () => follow(of.ben, roomId));
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 30,
  );
  for (const open of node.sockets.all()) open.terminate();
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 0,
  );
  await eventually(
    () => node.hub.seats + follows.flatMap(({ errors }) => errors).length,
    (count) => count >= 30,
  );
  expect(follows.flatMap(({ errors }) => errors)).toEqual([]);
  await world().write(ana, roomId, "still there?");
  await eventually(
    () => follows.map((one) => one.bodies().length),
    (counts) => counts.every((count) => count === 1),
  );
});

test("one socket follows a hundred rooms and no more; leaving one makes place for another", async () => {
  const { roomId, of, node } = await two();
  const follows = Array.from({ length: 100 }, () => follow(of.ben, roomId));
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 100,
  );
  const refused = follow(of.ben, roomId);
  await eventually(refused.reasons, (reasons) => reasons.length > 0);
  expect(refused.reasons()).toEqual(["TOO_MANY_REQUESTS"]);
  follows[0]?.subscription.unsubscribe();
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 99,
  );
  const next: ReturnType<typeof follow> = follow(of.ben satisfies Client, roomId);
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 100,
  );
  expect(next.errors).toEqual([]);
});
