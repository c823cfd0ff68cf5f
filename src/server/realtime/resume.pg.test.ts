import { describe, expect, test } from "vitest";
import { RESET_AFTER } from "#server/realtime/hub.ts";
import { cursorOf } from "#shared/feed.ts";
import { applied, follow } from "#test/follow.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** R6: whoever comes back gets everything after what they have, by the real client over a real socket. */
const world = inAWorld();

async function two() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  const stage = await world().serve(node);
  return { ana, ben, roomId, node, stage, of: { ana: stage.client(ana), ben: stage.client(ben) } };
}

/** Many messages at once, numbered as an import numbers its own. */
async function flood(person: { id: string }, roomId: string, count: number): Promise<void> {
  await world().pool.query(
    `with counted as (update room set version = version + $3, last_seq = version + $3 where id = $2 returning version - $3 as base)
     insert into message (room_id, author_id, body, sent, seq, version)
     select $2, $1, 'line ' || n, gen_random_uuid(), base + n, base + n from counted, generate_series(1, $3) n`,
    [person.id, roomId, count],
  );
}

/** A position below which nothing is known, so that everything has to come. */
const from = (node: { hub: { epoch: string } }, version: number) => cursorOf(node.hub.epoch, version);

describe("whoever comes back", () => {
  test("under fire, with sockets cut again and again, ends with every row of the table, once, with no gap", async () => {
    const { ana, roomId, node, of, stage, ben } = await two();
    const seen = follow(of.ben, roomId);
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 1,
    );
    let isOver = false;
    const talking = (async () => {
      for (let n = 0; !isOver; n++) {
        const id = await world().write(ana, roomId, `${n}`);
        if (n % 5 === 0)
          await world().pool.query("update message set body = body || '!', edited_at = now() where id = $1", [id]);
      }
    })();
    for (let attach = 2; attach <= 30; attach++) {
      const socket = of.ben.sockets.at(-1);
      for (const open of node.sockets.all()) open.terminate();
      await eventually(
        () => of.ben.sockets.at(-1),
        (next) => next !== socket && next?.readyState === next?.OPEN,
      );
      // Cut again in every stage of attaching: at once, while it catches up, when it is seated.
      if (attach % 3 === 0)
        await eventually(
          () => node.hub.seats,
          (seats) => seats >= 1,
        );
      if (attach % 3 === 1) await new Promise(setImmediate);
    }
    isOver = true;
    await talking;
    const { version } = await world().ledger(roomId);
    await eventually(
      () => applied(seen.batches).at,
      (at) => at >= version,
    );
    const { rows, gaps } = applied(seen.batches);
    expect(gaps).toBe(0);
    const known = [...rows.values()].flatMap((change) => (change.type === "message" ? [change.message] : []));
    const { rows: table } = await world().pool.query(
      "select id, version, body from message where room_id = $1 order by seq",
      [roomId],
    );
    expect(known.sort((a, b) => a.seq - b.seq).map(({ id, version, body }) => ({ id, version, body }))).toEqual(table);
    expect(of.ben.sockets.length).toBeGreaterThanOrEqual(30);
    expect(seen.errors).toEqual([]);
    await stage.close();
    await eventually(
      () => [node.hub.seats, node.me.inboxes, node.sockets.count],
      (left) => left.every((count) => count === 0),
    );
    expect(ben.id).toBeTruthy();
  });

  test("far behind is caught up in pages, with no gap between them", async () => {
    const { ana, roomId, node, of } = await two();
    const { version } = await world().ledger(roomId);
    await flood(ana, roomId, 450);
    const seen = follow(of.ben, roomId, from(node, version));
    await eventually(seen.bodies, (bodies) => bodies.length === 450);
    expect(seen.batches.filter(({ changes }) => changes.length > 0).map(({ changes }) => changes.length)).toEqual([
      200, 200, 50,
    ]);
    expect(seen.batches[0]?.from).toBe(version);
    expect(applied(seen.batches.slice(1)).gaps, "the pages join").toBe(1); // Only the first, which begins above nothing.
    await world().write(ana, roomId, "live");
    await eventually(seen.bodies, (bodies) => bodies.at(-1) === "live");
  });

  test.each([
    ["too far behind", (node: Parameters<typeof from>[0], _: number) => from(node, 1)],
    ["with a cursor of another epoch", (_: unknown, version: number) => cursorOf("0123456789ab", version)],
    ["with a cursor from the future", (node: Parameters<typeof from>[0], version: number) => from(node, version + 1)],
  ])("%s begins anew with a fresh page", async (_, cursor) => {
    const { ana, roomId, node, of } = await two();
    await flood(ana, roomId, RESET_AFTER);
    const { version } = await world().ledger(roomId);
    const seen = follow(of.ben, roomId, cursor(node, version));
    await eventually(
      () => seen.batches.length,
      (count) => count >= 2,
    );
    expect(seen.batches[0]).toMatchObject({ reset: { hasOlder: true }, to: version });
    expect(seen.bodies().length).toBe(50);
    await world().write(ana, roomId, "live");
    await eventually(seen.bodies, (bodies) => bodies.at(-1) === "live");
  });

  test("just not too far behind is caught up, and needs no fresh page", async () => {
    const { ana, roomId, node, of } = await two();
    const { version } = await world().ledger(roomId);
    await flood(ana, roomId, RESET_AFTER);
    const seen = follow(of.ben, roomId, from(node, version));
    await eventually(seen.bodies, (bodies) => bodies.length === RESET_AFTER);
    expect(seen.batches.some(({ reset }) => reset)).toBe(false);
  });

  test.each(["nonsense", "", "0123456789ab", "0123456789ab.x", "0123456789ab.-1", "0123456789ab.1e5"])(
    "with %j for a cursor is told INVALID, and the socket lives on",
    async (cursor) => {
      const { roomId, of, node } = await two();
      const seen = follow(of.ben, roomId, cursor);
      await eventually(seen.reasons, (reasons) => reasons.length > 0);
      expect(seen.errors).toEqual([{ reason: "INVALID", message: "That is not a cursor." }]);
      expect(await of.ben.api.room.get.query({ roomId })).toMatchObject({ room: { id: roomId } });
      expect([of.ben.sockets.length, node.hub.seats]).toEqual([1, 0]);
    },
  );
});
