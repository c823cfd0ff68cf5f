import { describe, expect, test } from "vitest";
import { readChangesAsSystem } from "#server/realtime/changes.ts";
import { newId } from "#shared/ids.ts";
import { codeOf, conversation } from "#test/conversation.ts";
import { follow } from "#test/follow.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** Sends that answer something: a quote, a thread. They share a batch with all the others, and its rules (R1, R7, R8). */
const world = inAWorld();

const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

async function scene() {
  const on = await conversation(world());
  const root = await on.say(on.ana, "root");
  const numbers = async () => {
    const { rows } = await on.sql(
      `select version from message where room_id = $1 union select version from member where room_id = $1
       union select settings_version from room where id = $1 order by 1`,
      on.roomId,
    );
    return rows.map(({ version }) => version as number);
  };
  const head = async () => (await world().ledger(on.roomId)).version;
  return { ...on, root, numbers, head };
}

describe("a send that answers something, repeated", () => {
  test("is the same row; answering something else under the same key is a conflict, in another batch or in the same", async () => {
    const { ana, roomId, root, say } = await scene();
    const other = await say(ana, "other");
    const answers = [
      {},
      { replyTo: root.id },
      { replyTo: other.id },
      { threadRoot: root.id },
      { threadRoot: other.id },
    ];
    for (const [n, first] of answers.entries()) {
      const clientId = newId();
      const sent = await say(ana, "so", { clientId, ...first });
      for (const [m, again] of answers.entries()) {
        const repeat = say(ana, "so", { clientId, ...again });
        if (n === m) expect(await repeat).toEqual(sent);
        else await expect(repeat).rejects.toMatchObject({ code: "CONFLICT" });
      }
    }
    const clientId = newId();
    const together = answers.map((answer) => codeOf(say(ana, "together", { clientId, ...answer })));
    expect(await Promise.all(together)).toEqual(["ok", "CONFLICT", "CONFLICT", "CONFLICT", "CONFLICT"]);
    expect((await world().ledger(roomId)).bodies.filter((body) => body === "together")).toHaveLength(1);
  });

  test("is told from a body that spells out what it would answer", async () => {
    const { ana, root, say } = await scene();
    const clientId = newId();
    await say(ana, "so", { clientId, replyTo: root.id });
    for (const body of [`so${root.id}`, `${root.id}so`, `${root.id}-so`])
      await expect(say(ana, body, { clientId })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("what cannot be answered", () => {
  test("is a message of another room, one that was made up, and in a thread a reply; neighbours go out, no number is lost", async () => {
    const { ana, ben, roomId, root, say, head } = await scene();
    const elsewhere = await say(ana, "elsewhere", { roomId: await world().room(ana, ben) });
    const reply = await say(ben, "reply", { threadRoot: root.id });
    const before = await head();
    const codes = await Promise.all(
      [
        say(ana, "one"),
        say(ana, "x", { replyTo: elsewhere.id }),
        say(ana, "x", { threadRoot: elsewhere.id }),
        say(ana, "x", { replyTo: newId() }),
        say(ana, "x", { threadRoot: newId() }),
        say(ana, "x", { threadRoot: reply.id }),
        say(ana, "two", { replyTo: reply.id }),
        say(ana, "three", { threadRoot: root.id, replyTo: reply.id }),
      ].map(codeOf),
    );
    expect(codes).toEqual(["ok", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "ok", "ok"]);
    const { bodies, version } = await world().ledger(roomId);
    expect(bodies.slice(-3)).toEqual(["one", "two", "three"]);
    expect(version, "three messages and one root").toBe(before + 4);
  });

  test("is told in the same words whether it is elsewhere or nowhere; a stranger hears of the room alone", async () => {
    const { ana, ben, dana, root, say } = await scene();
    const elsewhere = await say(ana, "elsewhere", { roomId: await world().room(ana) });
    const heard = async (sent: Promise<unknown>) => sent.catch((error) => error.message);
    const nowhere = await heard(say(ben, "x", { replyTo: newId() }));
    expect(await heard(say(ben, "x", { replyTo: elsewhere.id }))).toBe(nowhere);
    const noRoom = await heard(say(dana, "x"));
    expect(await heard(say(dana, "x", { replyTo: root.id }))).toBe(noRoom);
    expect(await heard(say(dana, "x", { threadRoot: newId() }))).toBe(noRoom);
    expect(noRoom).not.toBe(nowhere);
  });
});

describe("replies in a thread", () => {
  test("bump their root once a commit, after them; no number is missing, however many share a batch", async () => {
    const { ana, ben, roomId, root, say, head } = await scene();
    const before = await head();
    const other = await say(ben, "other root");
    const sent = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        say(n % 2 ? ana : ben, `${n}`, n % 3 === 0 ? {} : { threadRoot: n % 3 === 1 ? root.id : other.id }),
      ),
    );
    const seqs = sent.map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(60);
    const { rows } = await world().pool.query("select id, version, seq from message where id = any($1)", [
      [root.id, other.id],
    ]);
    for (const row of rows) expect(row.version).toBeGreaterThan(row.seq);
    const commits = await world().pool.query(
      "select count(distinct xmin::text)::int as count from message where id = any($1)",
      [sent.map(({ id }) => id)],
    );
    expect(await head(), "every message, and each root once a commit").toBeLessThanOrEqual(
      before + 1 + 60 + 2 * commits.rows[0].count,
    );
    const read = (await readChangesAsSystem(world().pool, [{ roomId, cursor: before }])).rooms.get(roomId);
    expect(read?.changes.filter((change) => change.type === "message").length).toBe(62);
  });

  test("every number is taken by a row: in the order of their commits, none is skipped and none is given twice", async () => {
    const { ana, ben, roomId, root, say, head, numbers } = await scene();
    const nodes = [await world().node(), await world().node()];
    const first = await head();
    await world().pool.query("create table taken (version bigint)");
    await world().pool.query(
      `create function note() returns trigger language plpgsql as $$ begin insert into taken values (new.version); return null; end $$;
       create trigger note after insert or update on message for each row when (new.room_id = '${roomId}') execute function note()`,
    );
    await Promise.all(
      Array.from({ length: 120 }, (_, n) =>
        nodes[n % 2]?.sends.send({
          roomId,
          authorId: (n % 4 < 2 ? ana : ben).id,
          clientId: newId(),
          body: `${n}`,
          threadRoot: n % 5 ? root.id : undefined,
        }),
      ),
    );
    const { rows } = await world().pool.query("select version from taken order by 1");
    await world().pool.query("drop trigger note on message; drop function note; drop table taken");
    expect(rows.map(({ version }) => version)).toEqual(upTo(first + 1, await head()));
    expect((await numbers()).at(-1)).toBe(await head());
    expect(await say(ana, "and on")).toMatchObject({ seq: await head() });
  });

  test("reach an open room with their root, in order, and by one ring", async () => {
    const { ana, ben, roomId, root, node, say, head } = await scene();
    const heard = follow((await world().serve(node)).client(ana), roomId);
    await eventually(
      () => heard.batches.length,
      (count) => count > 0,
    );
    const sent = await say(ben, "reply", { threadRoot: root.id });
    await eventually(heard.bodies, (bodies) => bodies.includes("reply"));
    const changes = heard.changes().filter((change) => change.version >= sent.version);
    expect(changes).toMatchObject([
      { type: "message", version: sent.version, message: { id: sent.id, threadRoot: root.id } },
      { type: "message", version: await head(), message: { id: root.id, thread: { count: 1 } } },
    ]);
    expect(heard.batches.at(-1)?.to).toBe(await head());
  });
});

test("a connection that first sent when the tables were nearly empty walks no room in search of what a message does not answer", async () => {
  const { ana, roomId, head } = await scene();
  await world().onOneConnection(async (one) => {
    const sending = (explain: string) =>
      one.query(
        `${explain} select * from message_send_batch(
           array_fill($1::uuid, array[20]), array_fill($2::uuid, array[20]), array(select gen_random_uuid() from generate_series(1, 20)),
           array(select gen_random_uuid() from generate_series(1, 20)), array_fill('so'::text, array[20]), array_fill(null::uuid, array[20]),
           array_fill(null::uuid, array[20]), array_fill(null::text, array[20]), 4000, 1000000)`,
        [roomId, ana.id],
      );
    await sending("");
    const from = await head();
    await one.query("update room set version = version + 20000, last_seq = version + 20000 where id = $1", [roomId]);
    await one.query("set session_replication_role = replica");
    await one.query(
      `insert into message (room_id, author_id, body, sent, seq, version)
       select $1, $2, 'line', gen_random_uuid(), n, n from generate_series($3::int + 1, $3::int + 20000) n`,
      [roomId, ana.id, from],
    );
    await one.query("set session_replication_role = origin");
    const { rows } = await sending("explain (analyze, buffers, format json)");
    const plan = rows[0]["QUERY PLAN"][0].Plan;
    // A walk through the room is two hundred blocks, for each of twenty rows.
    expect(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]).toBeLessThan(2_500);
  });
});
