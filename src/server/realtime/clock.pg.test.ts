import { afterEach, describe, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { SendQueue } from "#server/realtime/send-queue.ts";
import { newId } from "#shared/ids.ts";
import { applied, follow, say } from "#test/follow.ts";
import { followMe } from "#test/me.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { Wire } from "#test/wire.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/**
 * A node whose wall clock is wrong by two hours, or is put right while it runs. Order is numbers, and whatever is told in
 * hours is judged by Postgres, the one clock that all nodes share; waits are measured by a clock that nobody sets.
 */
const world = inAWorld();

const HOUR_MS = 60 * 60_000;
const MINUTE_MS = 60_000;
const Right = Date;
afterEach(() => {
  globalThis.Date = Right;
});

/** From here on this process, node and clients, is off by so much. Timers are not: they go by another clock. */
function putOff(ms: number): void {
  globalThis.Date = class extends Right {
    constructor(...given: [] | [string | number | Date]) {
      if (given.length > 0) super(given[0] as string);
      else super(Right.now() + ms);
    }
    static override now(): number {
      return Right.now() + ms;
    }
  } as DateConstructor;
}

async function scene(opts = {}) {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node(opts);
  const stage = await world().serve(node);
  return { ana, ben, roomId, node, stage };
}

const sql = async <Row>(text: string, ...values: unknown[]) => (await world().pool.query(text, values)).rows as Row[];
/** How far a moment is from the database's present. */
const fromNow = async (moment: string) =>
  Math.abs(
    (await sql<{ ms: number }>("select extract(epoch from $1::timestamptz - now())::float8 * 1000 as ms", moment))[0]
      ?.ms ?? Number.POSITIVE_INFINITY,
  );

describe.each([
  ["behind", -2 * HOUR_MS],
  ["ahead", 2 * HOUR_MS],
])("a node that is two hours %s", (_, ms) => {
  test("tells and writes the database's time, keeps everybody's rate by it, and names a wait that is true", async () => {
    putOff(ms);
    const { ana, ben, roomId, node, stage } = await scene({ messagesPerMinute: 5 });
    const seen = follow(stage.client(ben), roomId);
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 1,
    );
    const client = stage.client(ana);
    for (let n = 0; n < 5; n++)
      expect(await fromNow((await say(client, roomId, `${n}`)).createdAt)).toBeLessThan(MINUTE_MS);
    const refused = await node.sends
      .send({ roomId, authorId: ana.id, clientId: newId(), body: "sixth" })
      .catch((error) => error);
    expect(refused.code).toBe("TOO_MANY_REQUESTS");
    expect(refused.retryAfterMs).toBeGreaterThan(0);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(12_000);
    await eventually(seen.bodies, (bodies) => bodies.length === 5);
    await client.api.me.read.mutate({ roomId, seq: (await world().ledger(roomId)).seqs.at(-1) ?? 0 });
    const receipts = await sql<{ at: string }>(
      "select read_at as at from receipt where room_id = $1 and read_at is not null",
      roomId,
    );
    expect(receipts).toHaveLength(1);
    for (const { at } of receipts) expect(await fromNow(at)).toBeLessThan(MINUTE_MS);
  });

  test("lets in whose session stands by the database's clock, shuts out whose does not, and cuts an ended one at once", async () => {
    const { ana, ben, roomId, node, stage } = await scene();
    putOff(ms);
    await sql("update session set expires_at = now() + interval '1 hour' where id = $1", ana.sessionId);
    await sql("update session set expires_at = now() - interval '1 minute' where id = $1", ben.sessionId);
    await expect(stage.http1(ben).room.get.query({ roomId })).rejects.toMatchObject({
      data: { reason: "UNAUTHORIZED" },
    });
    expect((await stage.http1(ana).room.get.query({ roomId })).room.id).toBe(roomId);
    const raw = await RawSocket.open(stage, ana);
    await sql("update session set revoked_at = now() where id = $1", ana.sessionId);
    expect((await eventually(() => raw.closed, Boolean))?.code).toBe(4401);
    expect(node.listener.state).toBe("live");
  });

  test("is here for all others, and its people with it: the lease is the database's", async () => {
    putOff(ms);
    const { ana, ben, stage } = await scene();
    const [anas, bens] = [followMe(stage.client(ana)), followMe(stage.client(ben))];
    await eventually(() => bens.presenceOf(ana) === "online" && anas.presenceOf(ben) === "online", Boolean);
    // Another node renews its own lease, and ends those that ran out.
    await sql("select node_renew($1, '9 s')", newId());
    const left = await sql("select from presence where user_id in ($1, $2)", ana.id, ben.id);
    expect(left).toHaveLength(2);
  });

  test("shows a status for as long as it was set for, and drops one that is over", async () => {
    putOff(ms);
    const { ana, stage } = await scene();
    const client = stage.client(ana);
    const [times] = await sql<{ later: string; before: string }>(
      "select to_json(now() + interval '1 hour') as later, to_json(now() - interval '1 hour') as before",
    );
    const set = (until: string | undefined) =>
      client.api.me.setStatus.mutate({
        status: { emoji: "", text: "lunch", until: new Right(until ?? "").toISOString() },
      });
    expect((await set(times?.later)).status).toMatchObject({ text: "lunch" });
    expect((await set(times?.before)).status).toBeNull();
  });
});

describe("a clock that is put right while the node runs", () => {
  test("back and forth at every word leaves one order, the one in which they were said", async () => {
    const { ana, ben, roomId, stage } = await scene();
    const seen = follow(stage.client(ben), roomId);
    const client = stage.client(ana);
    for (let n = 0; n < 20; n++) {
      putOff((n % 3) * 2 * HOUR_MS - 2 * HOUR_MS);
      await say(client, roomId, `${n}`);
    }
    globalThis.Date = Right;
    const words = Array.from({ length: 20 }, (_, n) => `${n}`);
    // What is said while ben is being seated may come twice: once is the reducer's rule.
    const heard = () =>
      [...applied(seen.batches).rows.values()].flatMap((row) => (row.type === "message" ? [row.message.body] : []));
    expect(await eventually(heard, (bodies) => bodies.length === 20)).toEqual(words);
    const page = await client.api.message.page.query({ roomId });
    expect(page.messages.map(({ body }) => body)).toEqual(words);
  });

  test("by two hours back trusts no session for longer: what ended without a bell is found by the next look", async () => {
    const { ana, node, stage } = await scene();
    const raw = await RawSocket.open(stage, ana);
    await eventually(
      () => node.sockets.count,
      (count) => count === 1,
    );
    putOff(-2 * HOUR_MS);
    await sql("update session set expires_at = now() - interval '1 second' where id = $1", ana.sessionId);
    await node.sockets.sweep();
    expect((await eventually(() => raw.closed, Boolean))?.code).toBe(4401);
  });

  /** A send whose Postgres is away, and the clock moves meanwhile. */
  async function away(work: (on: { wire: Wire; sent: Promise<string> }) => Promise<void>) {
    const { ana, roomId, node } = await scene();
    await using wire = await Wire.before(world().db.url);
    const db = openPool(wire.url, 2);
    try {
      const queue = new SendQueue(db, node.metrics, { messageMaxLength: 4_000, messagesPerMinute: 1_000_000 });
      const send = (author: Somebody, body: string) =>
        queue.send({ roomId, authorId: author.id, clientId: newId(), body }).then(
          () => "sent",
          (error) => error.code as string,
        );
      expect(await send(ana, "before")).toBe("sent");
      wire.isClosed = true;
      wire.cutAll();
      const made = wire.made;
      const sent = send(ana, "meanwhile");
      expect(wire.made).toBe(made);
      await work({ wire, sent });
      await queue.drained();
    } finally {
      await db.end();
    }
  }

  test("two hours ahead does not give up a send whose Postgres is back a moment later", () =>
    away(async ({ wire, sent }) => {
      await new Promise(setImmediate);
      putOff(2 * HOUR_MS);
      setTimeout(() => {
        wire.isClosed = false;
      }, 700);
      expect(await sent).toBe("sent");
    }));

  test("two hours back does not let a send wait for two hours", () =>
    away(async ({ sent }) => {
      await new Promise(setImmediate);
      putOff(-2 * HOUR_MS);
      let answer = "";
      void sent.then((code) => {
        answer = code;
      });
      expect(await eventually(() => answer, Boolean, 15_000)).toBe("UNAVAILABLE");
    }));
});
