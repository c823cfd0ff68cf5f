import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { CHANNEL, parseHints } from "#server/realtime/hints.ts";
import { newId } from "#shared/ids.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** R3: the database announces, whoever writes: ids and numbers, one bell a statement, no row no bell. */
const world = inAWorld();

/** What the doorbell says while `work` is done: everything that rings before a mark of our own. */
async function ringing(work: () => Promise<unknown>): Promise<string[]> {
  const ear = new pg.Client({ connectionString: world().db.url, application_name: "ear" });
  const heard: string[] = [];
  ear.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await ear.connect();
  try {
    await ear.query(`listen ${CHANNEL}`);
    await work();
    const mark = randomUUID();
    await world().pool.query("select pg_notify($1, $2)", [CHANNEL, mark]);
    await eventually(
      () => heard,
      (all) => all.includes(mark),
    );
    return heard.slice(0, heard.indexOf(mark));
  } finally {
    await ear.end();
  }
}

async function aRoom() {
  const ana = await world().person("ana");
  const roomId = await world().room(ana);
  const id = await world().write(ana, roomId, "one");
  const { version } = await world().ledger(roomId);
  const sql = (text: string, ...values: unknown[]) => world().pool.query(text, values);
  return { ana, roomId, id, version, next: version + 1, sql };
}

test("a mark that moved rings w where something was read, and d where it was only delivered", async () => {
  const { ana, roomId, sql } = await aRoom();
  await sql("update receipt set last_read_seq = 0, last_delivered_seq = 0 where room_id = $1", roomId);
  const heard = await ringing(async () => {
    await sql("update receipt set last_delivered_seq = 1 where room_id = $1", roomId);
    await sql("update receipt set last_read_seq = 1 where room_id = $1", roomId);
  });
  expect(heard).toEqual([`d${roomId}:${ana.id}`, `w${roomId}:${ana.id}`]);
});

describe("silence", () => {
  test("statements that touch no row, or change nothing in the rows they touch, ring no bell", async () => {
    const { ana, roomId, id, sql } = await aRoom();
    const heard = await ringing(async () => {
      await sql("update message set body = 'x' where false");
      await sql("update member set role = 'owner' where false");
      await sql("update room set title = 'x' where false");
      await sql("update session set revoked_at = now() where false");
      await sql(
        "insert into message (room_id, author_id, body) select room_id, author_id, body from message where false",
      );
      await sql("update message set body = body where id = $1", id);
      await sql("update member set role = role where room_id = $1", roomId);
      await sql("update room set title = title where id = $1", roomId);
      await sql("update session set last_seen_at = now(), revoked_at = revoked_at where user_id = $1", ana.id);
      await sql(`update "user" set role = role where id = $1`, ana.id);
    });
    expect(heard).toEqual([]);
  });

  test("what is rolled back was never said", async () => {
    const { ana, roomId } = await aRoom();
    const heard = await ringing(() =>
      world().onOneConnection(async (client) => {
        await client.query("begin");
        await world().write(ana, roomId, "never mind", client);
      }),
    );
    expect(heard).toEqual([]);
  });
});

describe("one bell a statement", () => {
  test("for three messages at once: their room and their numbers, and not a word of what was said", async () => {
    const { ana, roomId, next, sql } = await aRoom();
    const heard = await ringing(() =>
      sql(
        "insert into message (room_id, author_id, body) select $1, $2, 'secret ' || n from generate_series(1, 3) n",
        roomId,
        ana.id,
      ),
    );
    expect(heard).toEqual([`r${roomId}:${next}-${next + 2}`]);
  });

  test("for an edit, and for a deletion", async () => {
    const { roomId, id, next, sql } = await aRoom();
    expect(await ringing(() => sql("update message set body = 'two', edited_at = now() where id = $1", id))).toEqual([
      `r${roomId}:${next}-${next}`,
    ]);
    expect(await ringing(() => sql("update message set deleted_at = now() where id = $1", id))).toEqual([
      `r${roomId}:${next + 1}-${next + 1}`,
    ]);
  });

  test("for a batch of sends to two rooms", async () => {
    const { ana, roomId, next } = await aRoom();
    const other = await world().room(ana);
    const { version } = await world().ledger(other);
    const node = await world().node({ beatMs: 3_600_000 });
    const send = (room: string) =>
      node.sends.send({ roomId: room, authorId: ana.id, clientId: newId(), body: "hello" });
    const heard = (await ringing(() => Promise.all([send(roomId), send(other), send(roomId)]))).filter(
      (hint) => !hint.startsWith("h"),
    );
    expect(heard.length).toBe(1);
    expect(heard[0]?.split(",").sort()).toEqual(
      [`r${roomId}:${next}-${next + 1}`, `r${other}:${version + 1}-${version + 1}`].sort(),
    );
  });

  test("for 250 rooms in several payloads, each within what NOTIFY takes, and every room named", async () => {
    const { ana, sql } = await aRoom();
    const ids = Array.from({ length: 250 }, () => newId());
    await sql(
      "insert into room (id, version, settings_version) select id, 900719925474000, 1 from unnest($1::uuid[]) id",
      ids,
    );
    const heard = await ringing(() =>
      sql("insert into message (room_id, author_id, body) select id, $2, 'hi' from unnest($1::uuid[]) id", ids, ana.id),
    );
    expect(heard.length).toBeGreaterThan(1);
    for (const payload of heard) expect(Buffer.byteLength(payload)).toBeLessThan(7_900);
    const named = heard.flatMap(parseHints).flatMap((hint) => (hint.kind === "room" ? [hint.roomId] : []));
    expect(named.sort()).toEqual([...ids].sort());
  });
});

describe("who is named", () => {
  test("joining and leaving name the room and the person; who joins begins with a mark of their own", async () => {
    const { roomId, next } = await aRoom();
    const ben = await world().person("ben");
    expect((await ringing(() => world().join(ben, roomId))).sort()).toEqual([
      `r${roomId}:${next}-${next}`,
      `u${ben.id}`,
      `w${roomId}:${ben.id}`,
    ]);
    expect((await ringing(() => world().remove(ben, roomId))).sort()).toEqual([
      `r${roomId}:${next + 1}-${next + 1}`,
      `u${ben.id}`,
    ]);
  });

  test("a reply in a thread names its own number and its root's in one commit, and once whoever follows from now on", async () => {
    const { ana, roomId, next, sql } = await aRoom();
    const root = await world().write(ana, roomId, "root");
    const ben = await world().person("ben");
    await world().join(ben, roomId);
    const reply = () =>
      sql(
        "insert into message (room_id, author_id, body, thread_root) values ($1, $2, 'so?', $3)",
        roomId,
        ben.id,
        root,
      );
    const heard = (await ringing(reply)).flatMap((payload) => payload.split(","));
    expect(heard.sort()).toEqual(
      [`f${ana.id}`, `f${ben.id}`, `r${roomId}:${next + 2}-${next + 2}`, `r${roomId}:${next + 3}-${next + 3}`].sort(),
    );
    expect((await ringing(reply)).flatMap((payload) => payload.split(",")).sort()).toEqual([
      `r${roomId}:${next + 4}-${next + 4}`,
      `r${roomId}:${next + 5}-${next + 5}`,
    ]);
  });

  test("a room's new settings name the room twice: for its feed, and for the lists that show it", async () => {
    const { roomId, next, sql } = await aRoom();
    expect(await ringing(() => sql("update room set topic = 'tea' where id = $1", roomId))).toEqual([
      `r${roomId}:${next}-${next},t${roomId}`,
    ]);
  });

  test("a session that ends names itself once; ending it again is silent", async () => {
    const { ana, sql } = await aRoom();
    const end = () => sql("update session set revoked_at = clock_timestamp() where id = $1", ana.sessionId);
    expect(await ringing(end)).toEqual([`s${ana.sessionId}`]);
    expect(await ringing(end)).toEqual([]);
  });

  test("a deactivation names every session of that person that still stood, and the person, who is shown as gone", async () => {
    const { ana, sql } = await aRoom();
    const [laptop, old] = [await world().session(ana.id), await world().session(ana.id)];
    await sql("update session set revoked_at = now() where id = $1", old.sessionId);
    const heard = await ringing(() => sql('update "user" set deactivated_at = now() where id = $1', ana.id));
    expect(heard.flatMap((payload) => payload.split(",")).sort()).toEqual(
      [`p${ana.id}`, `s${ana.sessionId}`, `s${laptop.sessionId}`].sort(),
    );
  });
});
