import { describe, expect, test, vi } from "vitest";
import type { Send } from "#server/realtime/send-queue.ts";
import { newId } from "#shared/ids.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** R7 and R8: sent once, however often it is asked; together in one commit, and yet each with an answer of its own. */
const world = inAWorld();

async function scene(opts = {}) {
  const [ana, ben, dana] = [await world().person("ana"), await world().person("ben"), await world().person("dana")];
  const roomId = await world().room(ana, ben);
  const node = await world().node(opts);
  const send = (author: Somebody, body: string, more: Partial<Send> = {}) =>
    node.sends.send({ roomId, authorId: author.id, clientId: newId(), body, ...more });
  return { ana, ben, dana, roomId, node, send };
}

const bodiesIn = async (roomId: string) => (await world().ledger(roomId)).bodies;
const codeOf = (sent: Promise<unknown>) =>
  sent.then(
    () => "sent",
    (error) => error.code as string,
  );

describe("a send that is repeated", () => {
  test("is the same row, also after an edit, after a deletion, and after its author has left", async () => {
    const { ana, roomId, send } = await scene();
    const clientId = newId();
    const first = await send(ana, "hello", { clientId });
    expect(await send(ana, "hello", { clientId })).toEqual(first);
    await world().pool.query("update message set body = 'hello, all', edited_at = now() where id = $1", [first.id]);
    expect(await send(ana, "hello", { clientId })).toMatchObject({
      id: first.id,
      seq: first.seq,
      createdAt: first.createdAt,
    });
    await world().pool.query("update message set deleted_at = now(), body = '' where id = $1", [first.id]);
    expect(await send(ana, "hello", { clientId })).toMatchObject({ id: first.id, seq: first.seq });
    await world().remove(ana, roomId);
    expect(await send(ana, "hello", { clientId })).toMatchObject({ id: first.id, seq: first.seq });
    await expect(send(ana, "hello again")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await bodiesIn(roomId)).toEqual([""]);
  });

  test("with other words, or in another room, is a conflict; ben may use the same key for his own", async () => {
    const { ana, ben, roomId, send } = await scene();
    const clientId = newId();
    const other = await world().room(ana, ben);
    await send(ana, "hello", { clientId });
    await world().pool.query("update message set body = 'goodbye', edited_at = now() where client_id = $1", [clientId]);
    await expect(send(ana, "goodbye", { clientId }), "what it says now is not what was sent").rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(send(ana, "hello", { clientId, roomId: other })).rejects.toMatchObject({ code: "CONFLICT" });
    await send(ben, "hello", { clientId });
    expect(await bodiesIn(roomId)).toEqual(["goodbye", "hello"]);
    expect(await bodiesIn(other)).toEqual([]);
  });

  test("while the first still waits is one row; with other words it is a conflict, and the first stands", async () => {
    const { ana, ben, roomId, node, send } = await scene();
    const [same, other, elsewhere] = [newId(), newId(), newId()];
    const otherRoom = await world().room(ana, ben);
    const answers = await Promise.allSettled([
      send(ana, "one", { clientId: same }),
      send(ana, "one", { clientId: same }),
      send(ana, "two", { clientId: other }),
      send(ana, "not two", { clientId: other }),
      send(ana, "three", { clientId: elsewhere }),
      send(ana, "three", { clientId: elsewhere, roomId: otherRoom }),
    ]);
    expect(answers.map((answer) => (answer.status === "rejected" ? answer.reason.code : "sent"))).toEqual([
      "sent",
      "sent",
      "sent",
      "CONFLICT",
      "sent",
      "CONFLICT",
    ]);
    expect((answers[0] as PromiseFulfilledResult<unknown>).value).toEqual(
      (answers[1] as PromiseFulfilledResult<unknown>).value,
    );
    expect(await bodiesIn(roomId)).toEqual(["one", "two", "three"]);
    expect(
      (await node.metrics.batchSize.get()).values.find(({ metricName }) => metricName?.endsWith("_count"))?.value,
      "the first of each go together, and then the others",
    ).toBe(2);
  });

  test("hundreds of times at once holds up nobody: ben's is in the first commit", async () => {
    const { ana, ben, roomId, send } = await scene();
    const clientId = newId();
    const order: string[] = [];
    const repeats = Array.from({ length: 400 }, () => send(ana, "again", { clientId }).then(() => order.push("ana")));
    await Promise.all([...repeats, send(ben, "once").then(() => order.push("ben"))]);
    expect(order.indexOf("ben")).toBeLessThan(2);
    expect(await bodiesIn(roomId)).toEqual(["again", "once"]);
  });

  test("and a batch of nothing is answered with nothing, at a console too", async () => {
    const nothing = Array(8).fill("'{}'").join(", ");
    const { rows } = await world().pool.query(
      `select * from message_send_batch(${nothing}, 4000, 20) where outcome <> 'revoked'`,
    );
    expect(rows).toEqual([]);
  });
});

describe("sends that share a commit", () => {
  test("a hundred at once are a few transactions, and each is answered with its own row", async () => {
    const { ana, roomId, send } = await scene();
    const ask = vi.spyOn(world().pool, "query");
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => send(ana, `${i}`)));
    expect(ask.mock.calls.filter(([query]) => (query as { name?: string }).name === "send-batch").length).toBeLessThan(
      5,
    );
    const { rows } = await world().pool.query("select id, seq, body from message where room_id = $1 order by seq", [
      roomId,
    ]);
    expect(rows.map(({ body }) => body)).toEqual(answers.map((_, i) => `${i}`));
    expect(rows.map(({ id }) => id)).toEqual(answers.map(({ id }) => id));
    const { rows: commits } = await world().pool.query(
      "select count(distinct xmin::text)::int as count from message where room_id = $1",
      [roomId],
    );
    expect(commits[0].count).toBeLessThan(5);
  });

  test("one that is refused never fails its neighbours: a stranger's, an archived room's, one too long, one that Postgres cannot take", async () => {
    const { ana, dana, roomId, send } = await scene({ messageMaxLength: 20 });
    const archived = await world().room(ana);
    await world().pool.query("update room set archived_at = now() where id = $1", [archived]);
    const codes = await Promise.all(
      [
        send(ana, "one"),
        send(dana, "let me in"),
        send(ana, "two"),
        send(ana, "hello?", { roomId: archived }),
        send(ana, "x".repeat(21)),
        send(ana, "😀".repeat(20)),
        send(ana, "a NUL: \u0000"),
        send(ana, "nowhere", { roomId: newId() }),
        send(ana, " "),
        send(ana, "three"),
      ].map(codeOf),
    );
    expect(codes).toEqual([
      "sent",
      "NOT_FOUND",
      "sent",
      "ARCHIVED",
      "TOO_LONG",
      "sent",
      "INTERNAL",
      "NOT_FOUND",
      "INVALID",
      "sent",
    ]);
    expect(await bodiesIn(roomId)).toEqual(["one", "two", "😀".repeat(20), "three"]);
  });

  test("a full queue says so at once, and when to come back; what was waiting still goes out", async () => {
    const { ana, roomId, send } = await scene({ queueMax: 3 });
    const asked = Array.from({ length: 5 }, (_, i) => send(ana, `${i}`));
    const answers = await Promise.allSettled(asked);
    expect(answers.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    await expect(asked[4]).rejects.toMatchObject({ code: "TOO_BUSY", retryAfterMs: 1_000 });
    await send(ana, "later");
    expect(await bodiesIn(roomId)).toEqual(["0", "1", "2", "later"]);
  });

  test("one person who floods hears TOO_BUSY; ben beside her does not", async () => {
    const [ana, ben] = [await world().person("ana"), await world().person("ben")];
    const roomId = await world().room(ana, ben);
    const node = await world().node();
    const send = (author: { id: string }, n: number) =>
      node.sends.send({ roomId, authorId: author.id, clientId: newId(), body: `${n}` }).then(
        () => "sent",
        (error) => error.code as string,
      );
    const flood = Array.from({ length: 550 }, (_, n) => send(ana, n));
    const answers = await Promise.all([...flood, send(ben, 0)]);
    expect(answers.at(-1)).toBe("sent");
    expect(answers.filter((answer) => answer === "TOO_BUSY")).toHaveLength(50);
    expect(await send(ana, 999), "and when hers are answered she may go on").toBe("sent");
  });

  test("a queue that is closed refuses what waits, and what was given to Postgres is still answered", async () => {
    const ana = await world().person("ana");
    const roomId = await world().room(ana);
    const node = await world().node();
    const send = (body: string) =>
      node.sends.send({ roomId, authorId: ana.id, clientId: newId(), body }).then(
        () => "sent",
        (error) => error.code as string,
      );
    await world().onOneConnection(async (blocker) => {
      await blocker.query("begin");
      await blocker.query("select 1 from room where id = $1 for update", [roomId]);
      const given = send("given");
      await eventually(
        async () =>
          (await world().pool.query("select 1 from pg_stat_activity where wait_event_type = 'Lock'")).rowCount,
        (waiting) => waiting === 1,
      );
      const waits = send("waits");
      node.sends.close();
      expect(await waits).toBe("UNAVAILABLE");
      expect(await send("late")).toBe("UNAVAILABLE");
      await blocker.query("rollback");
      expect(await given).toBe("sent");
    });
  });
});
