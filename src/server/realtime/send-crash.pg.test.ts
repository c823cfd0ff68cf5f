import { describe, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createMetrics } from "#server/realtime/metrics.ts";
import { SendQueue } from "#server/realtime/send-queue.ts";
import { newId } from "#shared/ids.ts";
import { nothingObserved } from "#test/observed.ts";
import { Wire } from "#test/wire.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** R7: wherever the line breaks, a send that is answered is one row, and no send is two. */
const world = inAWorld();

/** A queue whose way to Postgres can be broken. */
async function onAWire() {
  const ana = await world().person("ana");
  const roomId = await world().room(ana);
  const wire = await Wire.before(world().db.url);
  const pool = openPool(wire.url, 2);
  const queue = new SendQueue(pool, createMetrics(nothingObserved), {
    messageMaxLength: 4000,
    messagesPerMinute: 1_000_000,
  });
  const send = (body: string, clientId = newId()) => queue.send({ roomId, authorId: ana.id, clientId, body });
  return {
    ana,
    roomId,
    wire,
    send,
    async [Symbol.asyncDispose]() {
      await pool.end();
      await wire[Symbol.asyncDispose]();
    },
  };
}

const isSend = (chunk: Buffer) => chunk.includes("send-batch");

describe("a send whose connection breaks", () => {
  test("before Postgres hears of it is one row", async () => {
    await using on = await onAWire();
    await on.send("first");
    let cuts = 0;
    on.wire.toServer = (chunk) => (isSend(chunk) && cuts++ === 0 ? "cut" : "pass");
    const sent = await on.send("through a cut");
    expect(cuts).toBeGreaterThan(1);
    expect(await world().ledger(on.roomId)).toMatchObject({ bodies: ["first", "through a cut"], version: sent.seq });
  });

  test("while Postgres works on it is one row: the backend is terminated as it waits for the room", async () => {
    await using on = await onAWire();
    const sent = await world().onOneConnection(async (holder) => {
      await holder.query("begin");
      await holder.query("select 1 from room where id = $1 for update", [on.roomId]);
      const sending = on.send("through a crash");
      await eventually(
        () => world().waitingForLocks(),
        (count) => count === 1,
      );
      const { rows } = await holder.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      expect(rows.length).toBe(1);
      await eventually(
        () => world().waitingForLocks(),
        (count) => count === 1 || on.wire.made > 1,
      );
      await holder.query("commit");
      return sending;
    });
    expect(await world().ledger(on.roomId)).toMatchObject({
      bodies: ["through a crash"],
      seqs: [sent.seq],
      version: sent.seq,
    });
  });

  test("after COMMIT, with the answer lost, is one row, and the answer is that row", async () => {
    await using on = await onAWire();
    await on.send("first");
    let lost = 0;
    on.wire.toServer = (chunk, memory) => {
      if (isSend(chunk) && lost === 0) memory.set("isDoomed", true);
      return "pass";
    };
    // Everything up to ReadyForQuery ("Z"), which Postgres says after the commit.
    on.wire.toClient = (type, memory) => {
      if (!memory.get("isDoomed")) return "pass";
      if (type !== "Z") return "lose";
      lost++;
      return "cut";
    };
    const clientId = newId();
    const sent = await on.send("through a lost answer", clientId);
    expect(lost).toBe(1);
    expect(await on.send("through a lost answer", clientId), "and again, when the client's own line broke too").toEqual(
      sent,
    );
    expect(await world().ledger(on.roomId)).toMatchObject({
      bodies: ["first", "through a lost answer"],
      version: sent.seq,
    });
  });

  test("for good is told so after a while, as UNAVAILABLE, and the next one goes when Postgres is back", async () => {
    await using on = await onAWire();
    on.wire.isClosed = true;
    const clientId = newId();
    await expect(on.send("into the void", clientId)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect((await world().ledger(on.roomId)).bodies).toEqual([]);
    on.wire.isClosed = false;
    await on.send("into the void", clientId);
    expect((await world().ledger(on.roomId)).bodies).toEqual(["into the void"]);
  });

  test("and its neighbours in the batch are one row each", async () => {
    await using on = await onAWire();
    await on.send("first");
    let cuts = 0;
    on.wire.toServer = (chunk) => (isSend(chunk) && cuts++ < 2 ? "cut" : "pass");
    const sent = await Promise.all(Array.from({ length: 20 }, (_, i) => on.send(`${i}`)));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(20);
    expect((await world().ledger(on.roomId)).bodies).toEqual(["first", ...sent.map((_, i) => `${i}`)]);
  });
});
