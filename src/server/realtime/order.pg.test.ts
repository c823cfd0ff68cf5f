import { describe, expect, test, vi } from "vitest";
import { newId } from "#shared/ids.ts";
import { follow } from "#test/follow.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** R1: every durable change takes the room's next number under its lock, in the transaction that makes it. */
const world = inAWorld();

const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

async function anaAndBen() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  return { ana, ben, roomId: await world().room(ana, ben) };
}

const send = (author: Somebody, roomId: string, body: string, clientId = newId()) => ({
  roomId,
  authorId: author.id,
  clientId,
  body,
});

const batchesIn = (ask: { mock: { calls: unknown[][] } }) =>
  ask.mock.calls.filter(([query]) => (query as { name?: string }).name === "send-batch").length;

describe("numbers come in the order of commits", () => {
  test.each(["by the send queue", "at the SQL console"])(
    "a slow writer is not skipped when somebody else writes meanwhile, %s",
    async (way) => {
      const { ana, ben, roomId } = await anaAndBen();
      const node = await world().node();
      const seen = follow((await world().serve(node)).client(ben), roomId);
      await eventually(
        () => node.hub.seats,
        (seats) => seats === 1,
      );
      await world().onOneConnection(async (slow) => {
        await slow.query("begin");
        await world().write(ana, roomId, "slow", slow);
        let isQuickDone = false;
        const quick = (
          way === "at the SQL console"
            ? world().write(ben, roomId, "quick")
            : node.sends.send(send(ben, roomId, "quick"))
        ).then(() => {
          isQuickDone = true;
        });
        // An engine without the lock would let the quick one through here, and ben's cursor past the slow one.
        await eventually(async () => isQuickDone || (await world().waitingForLocks()) > 0, Boolean);
        if (isQuickDone) await eventually(seen.bodies, (bodies) => bodies.includes("quick"));
        await slow.query("commit");
        await quick;
      });
      await eventually(seen.bodies, (bodies) => bodies.length >= 2);
      expect(seen.bodies()).toEqual(["slow", "quick"]);
    },
  );

  test("200 people at once, in five rooms and by every way in, leave no hole", async () => {
    const { ana, ben } = await anaAndBen();
    const node = await world().node();
    const rooms = await Promise.all(Array.from({ length: 5 }, () => world().room(ana, ben)));
    const before = await Promise.all(rooms.map((id) => world().ledger(id)));
    await Promise.all(
      Array.from({ length: 200 }, (_, i) => {
        const roomId = rooms[i % 5] as string;
        const author = i % 2 ? ana : ben;
        return i % 4 === 3 ? world().write(author, roomId, `${i}`) : node.sends.send(send(author, roomId, `${i}`));
      }),
    );
    for (const [i, roomId] of rooms.entries()) {
      const { version, seqs, versions } = await world().ledger(roomId);
      const base = before[i]?.version ?? 0;
      expect(seqs).toEqual(upTo(base + 1, base + 40));
      expect(versions).toEqual(seqs);
      expect(version).toBe(base + 40);
    }
  });

  test("sends from two nodes, with repeats racing each other, leave no hole and keep one row per key", async () => {
    const { ana, ben, roomId } = await anaAndBen();
    const other = await world().room(ana, ben);
    const bases = { [roomId]: (await world().ledger(roomId)).version, [other]: (await world().ledger(other)).version };
    const nodes = [await world().node(), await world().node()];
    const asked = Array.from({ length: 300 }, (_, i) => send(i % 3 ? ana : ben, i % 2 ? roomId : other, `${i}`));
    const answers = await Promise.all(
      asked.map((one, i) => {
        const [near, far] = i % 2 ? nodes : nodes.toReversed();
        return Promise.all([near?.sends.send(one), far?.sends.send(one), near?.sends.send(one)]);
      }),
    );
    for (const same of answers) expect(new Set(same.map((answer) => `${answer?.id} ${answer?.seq}`)).size).toBe(1);
    for (const room of [roomId, other]) {
      const { version, seqs, bodies } = await world().ledger(room);
      const base = bases[room] ?? 0;
      expect(seqs).toEqual(upTo(base + 1, base + 150));
      expect(version).toBe(base + 150);
      expect(new Set(bodies).size).toBe(150);
    }
  });

  test("two nodes that write to one room at the same instant, each for another author, never get in each other's way", async () => {
    const { ana, ben, roomId } = await anaAndBen();
    const { version } = await world().ledger(roomId);
    const nodes = [await world().node(), await world().node()];
    const ask = vi.spyOn(world().pool, "query");
    for (let round = 0; round < 40; round++) {
      await Promise.all([ana, ben].map((author, i) => nodes[i]?.sends.send(send(author, roomId, `${round}`))));
    }
    expect(batchesIn(ask), "each was asked once: nobody judged by a snapshot older than its lock").toBe(80);
    expect((await world().ledger(roomId)).seqs).toEqual(upTo(version + 1, version + 80));
  });

  test("two batches that name their rooms in opposite order do not deadlock", async () => {
    const { ana, ben } = await anaAndBen();
    const rooms = [await world().room(ana, ben), await world().room(ana, ben)];
    const nodes = [await world().node(), await world().node()];
    const ask = vi.spyOn(world().pool, "query");
    for (const held of rooms) {
      await world().onOneConnection(async (holder) => {
        await holder.query("begin");
        await holder.query("select 1 from room where id = $1 for update", [held]);
        const [there, back] = [rooms, rooms.toReversed()];
        const sending = [
          ...there.map((id) => nodes[0]?.sends.send(send(ana, id, "there"))),
          ...back.map((id) => nodes[1]?.sends.send(send(ben, id, "and back"))),
        ];
        // Both batches wait now; in the order of the caller, each would hold what the other one wants next.
        await eventually(
          () => world().waitingForLocks(),
          (count) => count === 2,
        );
        await holder.query("commit");
        await Promise.all(sending);
      });
    }
    expect(batchesIn(ask), "each batch was asked once, so none was a victim").toBe(4);
  });
});

describe("what takes no number", () => {
  test("a statement that fails, and one that is rolled back, take none; the next one takes the next", async () => {
    const { ana, roomId } = await anaAndBen();
    const { version } = await world().ledger(roomId);
    await world().onOneConnection(async (client) => {
      await expect(world().write(ana, roomId, "   ", client)).rejects.toThrow("message_body_present");
      await client.query("begin");
      await client.query("savepoint here");
      await world().write(ana, roomId, "never mind", client);
      await client.query("rollback to here");
      await world().write(ana, roomId, "said", client);
      await client.query("commit");
    });
    expect(await world().ledger(roomId)).toMatchObject({ version: version + 1, seqs: [version + 1], bodies: ["said"] });
  });

  test("an update that changes nothing takes none; an edit takes one and keeps its place", async () => {
    const { ana, roomId } = await anaAndBen();
    const id = await world().write(ana, roomId, "one");
    const { version } = await world().ledger(roomId);
    await world().pool.query("update message set body = body where id = $1", [id]);
    await world().pool.query("update member set role = role where room_id = $1", [roomId]);
    await world().pool.query("update room set title = title where id = $1", [roomId]);
    expect((await world().ledger(roomId)).version).toBe(version);
    await world().pool.query("update message set body = 'two', edited_at = now() where id = $1", [id]);
    expect(await world().ledger(roomId)).toMatchObject({
      version: version + 1,
      seqs: [version],
      versions: [version + 1],
    });
  });
});
