import { describe, expect, test } from "vitest";
import { can } from "#shared/can.ts";
import { newId } from "#shared/ids.ts";
import type { ServerRole } from "#shared/people.ts";
import type { MemberRole, RoomKind } from "#shared/rooms.ts";
import { appoint, as, conversation } from "#test/conversation.ts";
import { inAWorld, type Somebody } from "#test/world.ts";
import { addMembers, joinRoom, leaveRoom } from "./members.ts";
import { receiptsOf } from "./message-reads.ts";
import { roomsOf } from "./rooms.ts";
import { followedThreads, readThread } from "./threads.ts";

/** Whom a message calls: written by a trigger, whoever writes the message, and counted at every reading. */
const world = inAWorld();

async function scene() {
  const on = await conversation(world());
  const called = async (messageId: string) => {
    const { rows } = await on.sql(
      `select u.display_name as name from mention join "user" u on u.id = user_id where message_id = $1 order by 1`,
      messageId,
    );
    return rows.map(({ name }) => name);
  };
  const counted = async (person: Somebody) =>
    (await roomsOf(person.id)).find((room) => room.id === on.roomId)?.mentions ?? null;
  return { ...on, called, counted };
}

describe("a mention", () => {
  test("calls members by their names, in whatever case, once; never a stranger, a removed member, or oneself", async () => {
    const { ana, ben, dana, robin, say, called } = await scene();
    const names = [ben.username, ben.username.toUpperCase(), dana.username, robin.username, ana.username, "nobody"];
    const { id } = await say(ana, names.map((name) => `@${name}`).join(" "), { mentions: names });
    expect(await called(id)).toEqual(["ben"]);
  });

  test("is found in what is said, and written in code it calls nobody", async () => {
    const { ana, ben, say, called } = await scene();
    expect(await called((await say(ana, `hello @${ben.username}, all well?`)).id)).toEqual(["ben"]);
    expect(await called((await say(ana, `\`@${ben.username}\``)).id)).toEqual([]);
    expect(await called((await say(ana, "hello")).id)).toEqual([]);
  });

  test("counts until it is read, and not when its message is deleted or stands in a thread", async () => {
    const { ana, ben, roomId, say, sql, counted } = await scene();
    const first = await say(ana, `@${ben.username} one`);
    const second = await say(ana, `@${ben.username} two`);
    await say(ana, `@${ben.username} in a thread`, { threadRoot: first.id });
    expect([await counted(ben), await counted(ana)]).toEqual([2, 0]);
    await as(ana).remove(second.id);
    expect(await counted(ben)).toBe(1);
    await sql(
      "update receipt set last_read_seq = $3, last_delivered_seq = $3 where room_id = $1 and user_id = $2",
      roomId,
      ben.id,
      first.seq,
    );
    expect(await counted(ben)).toBe(0);
  });

  test("is judged anew by an edit, and only by one that calls others", async () => {
    const { ana, ben, cleo, say, called } = await scene();
    const { id } = await say(ana, `@${ben.username} hello`);
    await as(ana).edit(id, `@${cleo.username} hello`);
    expect(await called(id)).toEqual(["cleo"]);
    await as(ana).edit(id, `@${cleo.username} and @${ben.username}, hello`);
    expect(await called(id)).toEqual(["ben", "cleo"]);
    await as(ana).edit(id, "hello");
    expect(await called(id)).toEqual([]);
    await as(ana).edit(id, "@room hello");
    expect(await called(id)).toEqual(["ben", "cleo"]);
  });

  test("of several messages in one batch are each its own", async () => {
    const { ana, ben, cleo, say, called } = await scene();
    const [one, two, three] = await Promise.all([
      say(ana, `@${ben.username}`),
      say(ben, `@${cleo.username} @${ana.username}`),
      say(cleo, "nobody"),
    ]);
    expect([await called(one.id), await called(two.id), await called(three.id)]).toEqual([
      ["ben"],
      ["ana", "cleo"],
      [],
    ]);
  });
});

describe("somebody who was named in vain", () => {
  async function outside() {
    const on = await scene();
    // Whoever adds them has to share a room with them.
    for (const person of [on.cleo, on.dana, on.robin]) await world().room(on.ben, person);
    const add = ({ id }: Somebody) => addMembers({ userId: on.ben.id }, on.roomId, [id]);
    const counts = async ({ id }: Somebody) => {
      const mine = (await roomsOf(id)).find((room) => room.id === on.roomId);
      return [mine?.unread, mine?.mentions];
    };
    return { ...on, add, counts };
  }

  test("is called by it once they are added, and reads from there on; who comes by themselves is not", async () => {
    const { ana, ben, dana, robin, roomId, say, add, counts, called } = await outside();
    await say(ana, "before");
    const named = await say(ana, `@${dana.username} and @${robin.username}`);
    const after = await say(ana, "after");
    const reply = await say(ben, `@${dana.username}`, { threadRoot: named.id });
    await add(dana);
    expect(await counts(dana)).toEqual([2, 1]);
    expect((await followedThreads(dana.id)).map((thread) => thread.unread)).toEqual([1]);
    await joinRoom({ userId: robin.id }, roomId);
    expect([await counts(robin), await called(named.id)]).toEqual([[0, 0], ["dana"]]);
    for (const { id } of [named, after])
      expect(await receiptsOf(ana.id, id), "ben, cleo, and dana, who hears of it now").toMatchObject({ others: 3 });
    await readThread(dana.id, named.id, reply.seq);
    expect(await receiptsOf(ben.id, reply.id), "she was told of it").toMatchObject({ read: [{ userId: dana.id }] });
  });

  test("in a thread alone finds nothing new in the room, and is told to have read what they were added for", async () => {
    const { ana, ben, dana, say, add, counts } = await outside();
    const root = await say(ana, "root");
    const reply = await say(ben, `@${dana.username}`, { threadRoot: root.id });
    await add(dana);
    expect(await counts(dana)).toEqual([0, 0]);
    expect(await receiptsOf(ben.id, reply.id)).toMatchObject({ read: [], delivered: [], others: 3 });
    await readThread(dana.id, root.id, reply.seq);
    expect(await receiptsOf(ben.id, reply.id)).toMatchObject({ read: [{ userId: dana.id }], others: 2 });
  });

  test("is not called again, when added again, by what they had heard of or may have read", async () => {
    const { ana, cleo, dana, roomId, say, sql, add, counts, called } = await outside();
    const heard = await say(ana, `@${cleo.username}`);
    await sql("select receipt_advance($1, $2, $3, $3)", [roomId], [cleo.id], [heard.seq]);
    await leaveRoom({ userId: cleo.id }, roomId);
    await as(ana).edit(heard.id, "nobody");
    await as(ana).edit(heard.id, `@${cleo.username} after all`);
    const missed = await say(ana, `@${dana.username}`);
    await joinRoom({ userId: dana.id }, roomId);
    await leaveRoom({ userId: dana.id }, roomId);
    for (const person of [cleo, dana]) {
      await add(person);
      expect(await counts(person)).toEqual([0, 0]);
    }
    expect([await called(heard.id), await called(missed.id)]).toEqual([[], []]);
  });

  test("is not called by what was deleted, nor by what was said long before, though somebody reacts to it now", async () => {
    const { ana, dana, say, add, counts, called } = await outside();
    const old = await say(ana, `@${dana.username} long ago`);
    await Promise.all(Array.from({ length: 50 }, (_, n) => say(ana, `line ${n}`)));
    const deleted = await say(ana, `@${dana.username}`);
    await as(ana).remove(deleted.id);
    await as(ana).react(old.id, "👍");
    await add(dana);
    expect([await counts(dana), await called(old.id), await called(deleted.id)]).toEqual([[0, 0], [], []]);
  });
});

describe("@room", () => {
  test("in a channel is a moderator's to say: a member's calls nobody, and is said all the same", async () => {
    const { ben, cleo, say, called } = await scene();
    expect(await called((await say(ben, "@room lunch")).id)).toEqual(["ana", "cleo"]);
    expect(await called((await say(cleo, "@room lunch")).id)).toEqual([]);
  });

  test("calls everybody in a lobby of two thousand, in one send that is answered at once; somebody's name costs no look at them all", async () => {
    const { ana, ben, roomId, say, sql } = await scene();
    await sql(
      `insert into "user" (username, display_name) select 'guest-' || n, 'Guest' from generate_series(1, 2000) n`,
    );
    await sql("update room set version = version + 2000 where id = $1", roomId);
    await sql(
      `insert into member (room_id, user_id, version)
       select $1, u.id, room.version - 2000 + row_number() over () from "user" u, room where room.id = $1 and u.username like 'guest-%'`,
      roomId,
    );
    const { id } = await say(ana, "@room welcome");
    expect((await sql("select count(*)::int as count from mention where message_id = $1", id)).rows[0].count).toBe(
      2_002,
    );
    await sql("analyze");
    const named = await world().onOneConnection(async (tx) => {
      await tx.query("begin");
      await tx.query("update message set mentions = null where id = $1", [id]);
      await tx.query("select pg_stat_force_next_flush()");
      await tx.query("commit");
      await tx.query("begin");
      const read = async () =>
        (
          await tx.query(
            "select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'member'",
          )
        ).rows[0].read;
      const before = await read();
      await tx.query("update message set mentions = $2 where id = $1", [id, ben.username]);
      return (await read()) - before;
    });
    expect(named).toBeLessThan(20);
  });

  const KINDS: RoomKind[] = ["channel", "group", "direct"];
  const MEMBER_ROLES: (MemberRole | null)[] = [null, "member", "moderator", "owner"];
  const SERVER_ROLES: ServerRole[] = ["member", "moderator", "admin"];

  test("calls exactly whom `can` lets it call: every role in every kind of room, archived or not, the lobby too", async () => {
    const [ana, ben] = [await world().person("ana"), await world().person("ben")];
    const judged: string[] = [];
    const expected: string[] = [];
    const { rows: lobbies } = await world().pool.query("select id from room where is_lobby");
    for (const kind of [...KINDS, "lobby" as const]) {
      const roomId = kind === "lobby" ? lobbies[0].id : newId();
      if (kind !== "lobby")
        await world().pool.query("insert into room (id, kind, direct_key) values ($1, $2, $3)", [
          roomId,
          kind,
          kind === "direct" ? newId() : null,
        ]);
      for (const person of [ana, ben]) await world().join(person, roomId);
      for (const isArchived of [false, true])
        for (const roomRole of MEMBER_ROLES)
          for (const serverRole of SERVER_ROLES) {
            await world().pool.query('update "user" set role = $2 where id = $1', [ana.id, serverRole]);
            await world().pool.query("update room set archived_at = $2 where id = $1", [
              roomId,
              isArchived ? new Date() : null,
            ]);
            if (roomRole === null) await world().remove(ana, roomId);
            else {
              await world().pool.query("update member set left_at = null where room_id = $1 and user_id = $2", [
                roomId,
                ana.id,
              ]);
              await appoint(world(), roomId, ana, roomRole);
            }
            // At the console, where nothing but the trigger stands in the way.
            const { rows } = await world().pool.query(
              "insert into message (room_id, author_id, body, mentions) values ($1, $2, 'all', '*') returning id",
              [roomId, ana.id],
            );
            const { rowCount } = await world().pool.query("select from mention where message_id = $1", [rows[0].id]);
            const target = {
              kind: kind === "lobby" ? ("channel" as const) : kind,
              visibility: "public" as const,
              isLobby: kind === "lobby",
              isArchived,
            };
            const name = `${kind} ${isArchived ? "archived " : ""}${roomRole} ${serverRole}`;
            judged.push(`${name}: ${rowCount === 1}`);
            expected.push(`${name}: ${can({ serverRole, roomRole }, "message.mention-room", target)}`);
          }
    }
    expect(judged).toEqual(expected);
    expect(new Set(judged.map((line) => line.split(": ")[1])).size, "and both answers occur").toBe(2);
  });
});
