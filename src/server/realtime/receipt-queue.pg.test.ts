import { describe, expect, test, vi } from "vitest";
import { markUnread } from "#server/domain/receipts.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** Watermarks: forward only, never beyond the room, of members alone, and many in one commit. */
const world = inAWorld();

async function scene() {
  const [ana, ben, dana] = [await world().person("ana"), await world().person("ben"), await world().person("dana")];
  const roomId = await world().room(ana, ben);
  for (const body of ["one", "two", "three"]) await world().write(ana, roomId, body);
  const { seqs } = await world().ledger(roomId);
  return { ana, ben, dana, roomId, seqs: seqs as [number, number, number], node: await world().node() };
}

async function marksOf(who: { id: string }, roomId: string) {
  const { rows } = await world().pool.query(
    "select last_read_seq as read, last_delivered_seq as delivered, read_at is not null as has_read from receipt where room_id = $1 and user_id = $2",
    [roomId, who.id],
  );
  return rows[0] ?? null;
}

describe("a watermark", () => {
  test("moves forward and never back, and what was read was delivered", async () => {
    const { ben, roomId, seqs, node } = await scene();
    const before = await marksOf(ben, roomId);
    expect(before).toMatchObject({ has_read: false });
    expect(before.read).toBeLessThan(seqs[0]);
    await node.receipts.advance(ben.id, [{ roomId, seq: seqs[2], isRead: false }]);
    expect(await marksOf(ben, roomId)).toEqual({ read: before.read, delivered: seqs[2], has_read: false });
    await node.receipts.advance(ben.id, [{ roomId, seq: seqs[1], isRead: true }]);
    expect(await marksOf(ben, roomId)).toEqual({ read: seqs[1], delivered: seqs[2], has_read: true });
    await node.receipts.advance(ben.id, [{ roomId, seq: seqs[0], isRead: true }]);
    expect(await marksOf(ben, roomId)).toMatchObject({ read: seqs[1] });
  });

  test("that is on its way is written before a room is marked unread, and undoes nothing after", async () => {
    const { ben, roomId, seqs, node } = await scene();
    // The first is in flight, the second waits for it.
    const marks = [1, 2].map((n) => node.receipts.advance(ben.id, [{ roomId, seq: seqs[n] ?? 0, isRead: true }]));
    const unread = node.receipts.written(ben.id, roomId).then(() => markUnread(ben.id, roomId, seqs[0]));
    await Promise.all([...marks, unread]);
    expect(await marksOf(ben, roomId)).toMatchObject({ read: seqs[0] - 1, delivered: seqs[2] });
  });

  test("never passes the end of the room", async () => {
    const { ben, roomId, seqs, node } = await scene();
    await node.receipts.advance(ben.id, [{ roomId, seq: Number.MAX_SAFE_INTEGER, isRead: true }]);
    expect(await marksOf(ben, roomId)).toMatchObject({ read: seqs[2], delivered: seqs[2] });
  });

  test("of a stranger or a removed member is not set, and nobody hears why; beside it ben's is", async () => {
    const { ana, ben, dana, roomId, seqs, node } = await scene();
    await world().remove(ana, roomId);
    const anas = await marksOf(ana, roomId);
    const marks = [{ roomId, seq: seqs[2], isRead: true }];
    await Promise.all([ana, ben, dana].map((who) => node.receipts.advance(who.id, marks)));
    expect(await marksOf(dana, roomId)).toBeNull();
    expect(await marksOf(ana, roomId)).toEqual(anas);
    expect(await marksOf(ben, roomId)).toMatchObject({ read: seqs[2] });
  });

  test("begins at what was said before somebody came, and again when they come back", async () => {
    const { ana, dana, roomId, seqs } = await scene();
    await world().join(dana, roomId);
    expect(await marksOf(dana, roomId)).toMatchObject({ read: seqs[2] });
    await world().remove(dana, roomId);
    await world().write(ana, roomId, "meanwhile");
    await world().pool.query(
      "update member set left_at = null, joined_at = now() where room_id = $1 and user_id = $2",
      [roomId, dana.id],
    );
    expect((await marksOf(dana, roomId)).read).toBe((await world().ledger(roomId)).seqs.at(-1));
  });
});

describe("many watermarks", () => {
  test("share commits: a hundred calls at once are a few statements, and the furthest wins", async () => {
    const { ana, ben, roomId, seqs, node } = await scene();
    const ask = vi.spyOn(world().pool, "query");
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        node.receipts.advance(n % 2 ? ana.id : ben.id, [{ roomId, seq: seqs[n % 3] ?? 0, isRead: true }]),
      ),
    );
    const statements = ask.mock.calls.filter(([query]) => (query as { name?: string }).name === "receipt-advance");
    expect(statements.length).toBeLessThanOrEqual(2);
    for (const who of [ana, ben]) expect(await marksOf(who, roomId)).toMatchObject({ read: seqs[2] });
  });

  test("are written on the way out, and then no more are taken", async () => {
    const { ben, roomId, seqs, node } = await scene();
    const advanced = Promise.all(seqs.map((seq) => node.receipts.advance(ben.id, [{ roomId, seq, isRead: true }])));
    await node.stop();
    await advanced;
    expect(await marksOf(ben, roomId)).toMatchObject({ read: seqs[2] });
    await expect(node.receipts.advance(ben.id, [{ roomId, seq: 1, isRead: true }])).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });

  test("are refused as UNAVAILABLE while Postgres is away, and a deadlock is asked again", async () => {
    const { ben, roomId, seqs, node } = await scene();
    const marks = [{ roomId, seq: seqs[2], isRead: true }];
    const failWith = (code: string) => {
      const original = world().pool.query.bind(world().pool) as (...args: unknown[]) => Promise<unknown>;
      let failures = 0;
      return vi.spyOn(world().pool, "query").mockImplementation(((...args: unknown[]) => {
        if ((args[0] as { name?: string }).name !== "receipt-advance" || failures++ > 0) return original(...args);
        return Promise.reject(Object.assign(new Error("no"), { code }));
      }) as never);
    };
    const away = failWith("ECONNREFUSED");
    await expect(node.receipts.advance(ben.id, marks)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    away.mockRestore();
    const race = failWith("40P01");
    await node.receipts.advance(ben.id, marks);
    race.mockRestore();
    expect(await marksOf(ben, roomId)).toMatchObject({ read: seqs[2] });
  });

  test("of one person who floods are refused beyond a bound; ben's are taken", async () => {
    const { ana, ben, roomId, seqs, node } = await scene();
    const { randomUUID } = await import("node:crypto");
    const flood = () => Array.from({ length: 500 }, () => ({ roomId: randomUUID(), seq: 1, isRead: false }));
    const answers = await Promise.allSettled([1, 2, 3].map(() => node.receipts.advance(ana.id, flood())));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect((answers[2] as PromiseRejectedResult).reason).toMatchObject({ code: "TOO_BUSY" });
    await node.receipts.advance(ben.id, [{ roomId, seq: seqs[2], isRead: true }]);
    await eventually(
      () => marksOf(ben, roomId),
      ({ read }) => read === seqs[2],
    );
  });
});
