import { describe, expect, test } from "vitest";
import { inAWorld } from "#test/world.ts";

/** R1: what nobody may do to a number, at a SQL console either. Each refusal beside what is allowed. */
const world = inAWorld();

async function aRoomWithAWord() {
  const ana = await world().person("ana");
  const roomId = await world().room(ana);
  const id = await world().write(ana, roomId, "one");
  const { version } = await world().ledger(roomId);
  return { ana, roomId, id, version, sql: (text: string, ...values: unknown[]) => world().pool.query(text, values) };
}

describe("a row keeps its place", () => {
  test("a message's seq and room stay; its body may change", async () => {
    const { ana, id, sql } = await aRoomWithAWord();
    const elsewhere = await world().room(ana);
    await expect(sql("update message set seq = seq + 1 where id = $1", id)).rejects.toThrow(
      "keeps its room and its place",
    );
    await expect(sql("update message set room_id = $2 where id = $1", id, elsewhere)).rejects.toThrow(
      "keeps its room and its place",
    );
    await expect(
      sql("update member set room_id = $2 where user_id = $1 and room_id <> $2", ana.id, elsewhere),
    ).rejects.toThrow();
    expect((await sql("update message set body = 'two' where id = $1", id)).rowCount).toBe(1);
  });

  test("no version goes down: not a message's, not a member's, not the room's", async () => {
    const { roomId, id, sql } = await aRoomWithAWord();
    for (const [table, key, value] of [
      ["message", "id", id],
      ["member", "room_id", roomId],
      ["room", "id", roomId],
    ] as const) {
      await expect(sql(`update ${table} set version = 0 where ${key} = $1`, value), table).rejects.toThrow(
        "its version only grows",
      );
    }
    await expect(sql("update room set last_seq = 0 where id = $1", roomId)).rejects.toThrow("its version only grows");
    await expect(sql("update room set settings_version = 0 where id = $1", roomId)).rejects.toThrow(
      "its version only grows",
    );
    expect((await sql("update room set version = version + 1 where id = $1", roomId)).rowCount).toBe(1);
  });
});

describe("a row numbered by hand", () => {
  const insert =
    "insert into message (room_id, author_id, body, sent, seq, version) values ($1, $2, 'by hand', gen_random_uuid(), $3, $3)";

  test("is refused above its room's counter, for it would brick the room; in step with it, it is taken", async () => {
    const { ana, roomId, version, sql } = await aRoomWithAWord();
    await expect(sql(insert, roomId, ana.id, version + 1)).rejects.toThrow("numbered above its room");
    await sql("update room set version = version + 1, last_seq = version + 1 where id = $1", roomId);
    await sql(insert, roomId, ana.id, version + 1);
    await world().write(ana, roomId, "and on");
    expect(await world().ledger(roomId)).toMatchObject({ version: version + 2, bodies: ["one", "by hand", "and on"] });
  });

  test("is refused above its room when an update lifts it there", async () => {
    const { id, version, sql } = await aRoomWithAWord();
    await expect(sql("update message set version = $2 where id = $1", id, version + 5)).rejects.toThrow(
      "numbered above its room",
    );
  });

  test("cannot take a number that is taken", async () => {
    const { ana, roomId, version, sql } = await aRoomWithAWord();
    await expect(sql(insert, roomId, ana.id, version)).rejects.toThrow(/message_room_(seq|version)_key/);
  });
});

test("a membership that ended stays as it ended, or a second removal would lift the number at which it did; it can begin anew", async () => {
  const { ana, roomId, version, sql } = await aRoomWithAWord();
  await world().remove(ana, roomId);
  const ended = "update member set %s where room_id = $1";
  for (const change of ["left_at = now() + interval '1 second'", "role = 'owner'"]) {
    await expect(sql(ended.replace("%s", change), roomId)).rejects.toThrow(
      "a membership that ended can only begin anew",
    );
  }
  expect((await world().ledger(roomId)).version).toBe(version + 1);
  await sql(ended.replace("%s", "left_at = null, role = 'owner'"), roomId);
  expect((await world().ledger(roomId)).version).toBe(version + 2);
});

describe("nothing is deleted, for a delete takes no number and rings no bell (R9)", () => {
  test.each(["message", "member"])("a row of %s is ended, not deleted", async (table) => {
    const { roomId, sql } = await aRoomWithAWord();
    await expect(sql(`delete from ${table} where room_id = $1`, roomId)).rejects.toThrow(
      `rows of ${table} are ended, not deleted`,
    );
    await expect(sql(`delete from ${table} where false`), "not even none of them").rejects.toThrow(
      "ended, not deleted",
    );
  });

  test("a person and a room with history stay; a tombstone is how a message ends", async () => {
    const { ana, roomId, id, version, sql } = await aRoomWithAWord();
    await expect(sql('delete from "user" where id = $1', ana.id)).rejects.toThrow("foreign key");
    await expect(sql("delete from room where id = $1", roomId)).rejects.toThrow("foreign key");
    await sql("update message set deleted_at = now(), body = '' where id = $1", id);
    expect(await world().ledger(roomId)).toMatchObject({ version: version + 1, versions: [version + 1] });
  });
});
