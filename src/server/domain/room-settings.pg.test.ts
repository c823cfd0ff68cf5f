import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { CreateRoomInput } from "#shared/rooms.ts";
import { as, asAdmin } from "#test/membership.ts";
import { oldPlusChanges } from "#test/room-mirror.ts";
import { inAWorld } from "#test/world.ts";
import { createRoom, setArchived, updateRoom } from "./room-settings.ts";
import { roomFor } from "./rooms.ts";

/** Rooms as they are made, named, opened and closed. */
const world = inAWorld();

const refused = (code: string) => expect.objectContaining({ code });
const fresh = () => `room-${newId().slice(-8)}`;
const channel = (more: object = {}) =>
  CreateRoomInput.parse({ kind: "channel", roomId: newId(), title: fresh(), ...more });
const group = (more: object = {}) => CreateRoomInput.parse({ kind: "group", roomId: newId(), title: "Us", ...more });

async function cast() {
  const [ana, ben, cleo, dana] = await Promise.all(["ana", "ben", "cleo", "dana"].map((name) => world().person(name)));
  if (!ana || !ben || !cleo || !dana) throw new Error("The cast is incomplete.");
  await world().room(ana, ben, cleo);
  return { ana, ben, cleo, dana };
}

async function membersIn(roomId: string) {
  const { rows } = await world().pool.query<{ as_what: string }>(
    `select concat_ws(' ', display_name, k.role) as as_what from member k join "user" u on u.id = user_id
     where room_id = $1 and left_at is null order by 1`,
    [roomId],
  );
  return rows.map((row) => row.as_what);
}

const words = async (roomId: string) => (await world().ledger(roomId)).bodies;
const rooms = async () => (await world().pool.query<{ count: number }>("select count(*) from room")).rows[0]?.count;

describe("making a room", () => {
  test("makes ana its owner and takes in whom she chose, once each", async () => {
    const { ana, ben, cleo } = await cast();
    const wanted = channel({ topic: "soup", memberIds: [cleo.id, ben.id, ana.id, cleo.id] });
    const room = await createRoom(as(ana), wanted);
    expect(room).toMatchObject({
      id: wanted.roomId,
      kind: "channel",
      visibility: "public",
      slug: wanted.title,
      title: wanted.title,
      topic: "soup",
      isLobby: false,
      archivedAt: null,
      createdBy: ana.id,
      people: null,
    });
    expect(await membersIn(room.id)).toEqual(["ana owner", "ben member", "cleo member"]);
    expect(await words(room.id)).toEqual(["added cleo and ben"]);
  });

  test("of a group has no name that others could want, and is private", async () => {
    const { ana, ben } = await cast();
    const one = await createRoom(as(ana), group());
    const two = await createRoom(as(ben), group());
    expect([one, two]).toMatchObject([
      { kind: "group", visibility: "private", slug: null, title: "Us" },
      { kind: "group", visibility: "private", slug: null, title: "Us" },
    ]);
    expect(await words(one.id)).toEqual([]);
  });

  test("twice, or six times at the same instant, is one room and one answer", async () => {
    const { ana, ben } = await cast();
    for (let round = 0; round < 10; round++) {
      const wanted = round % 2 ? channel({ memberIds: [ben.id] }) : group({ memberIds: [ben.id] });
      const answers = await Promise.all(Array.from({ length: 6 }, () => createRoom(as(ana), wanted)));
      expect(answers).toEqual(Array(6).fill(await createRoom(as(ana), wanted)));
      expect(await words(wanted.roomId)).toEqual(["added ben"]);
    }
  });

  test("by an id that is somebody else's room tells nothing of it, whether one is in it or not", async () => {
    const { ana, ben, dana } = await cast();
    const wanted = channel({ memberIds: [ben.id] });
    await createRoom(as(ana), wanted);
    const errors = await Promise.all(
      [ben, dana].map((who) => createRoom(as(who), group({ roomId: wanted.roomId })).catch((error) => error)),
    );
    expect(errors).toEqual([refused("CONFLICT"), refused("CONFLICT")]);
    expect(errors[0].message).not.toContain(wanted.title);
  });

  test("by a name that is in use is refused in the same words, whether that room is public, private or archived", async () => {
    const { ana, dana } = await cast();
    const said = new Set<string>();
    for (const how of ["public", "private", "archived"]) {
      const taken = channel(how === "private" ? { visibility: "private" } : {});
      await createRoom(as(ana), taken);
      if (how === "archived") await setArchived(as(ana), taken.roomId, true);
      const error = await createRoom(as(dana), channel({ title: taken.title.toUpperCase() })).catch((one) => one);
      said.add(`${error.code} ${error.message}`);
    }
    expect([...said]).toEqual([
      "NAME_TAKEN That name is in use, perhaps by a private or an archived channel. Choose another one.",
    ]);
    await expect(createRoom(as(dana), channel({ title: "lobby" }))).rejects.toEqual(refused("NAME_TAKEN"));
  });

  test("by a name that two want at the same instant is one's", async () => {
    const { ana, ben } = await cast();
    for (let round = 0; round < 10; round++) {
      const title = fresh();
      const outcomes = await Promise.allSettled([ana, ben].map((who) => createRoom(as(who), channel({ title }))));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "NAME_TAKEN" } });
    }
  });

  test("with somebody unknown, not there or deactivated makes nothing; with ben it does", async () => {
    const { ana, ben, cleo, dana } = await cast();
    await world().pool.query('update "user" set deactivated_at = now() where id = $1', [cleo.id]);
    const before = await rooms();
    for (const id of [dana.id, cleo.id, newId()])
      await expect(createRoom(as(ana), channel({ memberIds: [ben.id, id] }))).rejects.toEqual(refused("NOT_FOUND"));
    expect(await rooms()).toBe(before);
    await createRoom(as(ana), channel({ memberIds: [ben.id] }));
    expect(await rooms()).toBe((before ?? 0) + 1);
  });
});

describe("settings", () => {
  async function scene() {
    const people = await cast();
    const { ana, ben, cleo } = people;
    const room = await createRoom(as(ana), channel({ memberIds: [ben.id, cleo.id] }));
    await world().pool.query("update member set role = 'moderator' where room_id = $1 and user_id = $2", [
      room.id,
      ben.id,
    ]);
    return { ...people, room, roomId: room.id };
  }

  test("change for everybody who is there, and each change is said", async () => {
    const { ana, ben, roomId } = await scene();
    const title = fresh();
    await oldPlusChanges(world(), ben.id, roomId, () =>
      updateRoom(as(ana), { roomId, title: `#${title} `, topic: "soup", visibility: "private" }),
    );
    await updateRoom(as(ana), { roomId, topic: "", visibility: "public" });
    expect((await roomFor(ben.id, roomId)).room).toMatchObject({ title, slug: title, topic: "", visibility: "public" });
    expect((await words(roomId)).slice(1)).toEqual([
      `renamed the room to “${title}”`,
      "changed the topic to “soup”",
      "made the room private",
      "cleared the topic",
      "made the room public",
    ]);
  });

  test("that are what they were take no number, no right and say nothing", async () => {
    const { cleo, room, roomId } = await scene();
    const before = await world().ledger(roomId);
    const { title, topic, visibility } = room;
    expect(await updateRoom(as(cleo), { roomId, title, topic, visibility })).toEqual(room);
    expect(await world().ledger(roomId)).toEqual(before);
  });

  test("are for whom they are: the topic for members, the name for moderators, who sees the room for owners", async () => {
    const { ana, ben, cleo, roomId } = await scene();
    await expect(updateRoom(as(cleo), { roomId, title: fresh() })).rejects.toEqual(refused("NOT_ALLOWED"));
    await expect(updateRoom(as(cleo), { roomId, visibility: "private" })).rejects.toEqual(refused("NOT_ALLOWED"));
    await updateRoom(as(cleo), { roomId, topic: "soup" });
    await expect(updateRoom(as(ben), { roomId, visibility: "private" })).rejects.toEqual(refused("NOT_ALLOWED"));
    await updateRoom(as(ben), { roomId, title: fresh() });
    await updateRoom(as(ana), { roomId, visibility: "private" });
    await updateRoom(await asAdmin(world(), cleo), { roomId, visibility: "public" });
    // Read with the room: whoever was an admin when their socket opened is none after a demotion.
    await world().pool.query(`update "user" set role = 'member' where id = $1`, [cleo.id]);
    await expect(updateRoom(as(cleo), { roomId, visibility: "private" })).rejects.toEqual(refused("NOT_ALLOWED"));
  });

  test("that are partly not allowed change nothing", async () => {
    const { ben, room, roomId } = await scene();
    await expect(updateRoom(as(ben), { roomId, topic: "soup", visibility: "private" })).rejects.toEqual(
      refused("NOT_ALLOWED"),
    );
    expect((await roomFor(ben.id, roomId)).room).toEqual(room);
  });

  test("take a channel's name as channels are named and a group's as groups are, and not one that is in use", async () => {
    const { ana, room, roomId } = await scene();
    const other = await createRoom(as(ana), channel());
    for (const title of ["", "a", "two!", "x".repeat(81)])
      await expect(updateRoom(as(ana), { roomId, title })).rejects.toMatchObject({ name: "ZodError" });
    await expect(updateRoom(as(ana), { roomId, title: other.title })).rejects.toEqual(refused("NAME_TAKEN"));
    expect((await roomFor(ana.id, roomId)).room).toEqual(room);
    const us = await createRoom(as(ana), group());
    expect(await updateRoom(as(ana), { roomId: us.id, title: " Only us, now! " })).toMatchObject({
      title: "Only us, now!",
      slug: null,
    });
    await expect(updateRoom(as(ana), { roomId: us.id, visibility: "public" })).rejects.toEqual(refused("NOT_ALLOWED"));
  });

  test("swapped by two owners at the same instant never end in one name for two rooms", async () => {
    for (let round = 0; round < 10; round++) {
      const { ana, room: one } = await scene();
      const two = await createRoom(as(ana), channel());
      const swap = (room: { id: string }, title: string) =>
        updateRoom(as(ana), { roomId: room.id, title }).then(
          () => "ok",
          (error) => error.code,
        );
      for (const outcome of await Promise.all([swap(one, two.title), swap(two, one.title)]))
        expect(["ok", "NAME_TAKEN"]).toContain(outcome);
      const { rows } = await world().pool.query(
        "select title = slug as is_same, title from room where id in ($1, $2)",
        [one.id, two.id],
      );
      expect(new Set(rows.map(({ title }) => title)).size).toBe(2);
      expect(rows.every(({ is_same }) => is_same)).toBe(true);
    }
  });

  test("of a room that is archived stay as they are, until it is restored", async () => {
    const { ana, ben, roomId } = await scene();
    await setArchived(as(ana), roomId, true);
    await expect(updateRoom(as(ana), { roomId, topic: "soup" })).rejects.toEqual(refused("ARCHIVED"));
    await expect(setArchived(as(ben), roomId, false)).rejects.toEqual(refused("NOT_ALLOWED"));
    await setArchived(as(ana), roomId, false);
    await updateRoom(as(ana), { roomId, topic: "soup" });
  });
});

describe("archiving", () => {
  test("is an owner's, twice is once, and restoring is its undoing", async () => {
    const { ana, ben } = await cast();
    const { id: roomId } = await createRoom(as(ana), channel({ memberIds: [ben.id] }));
    await expect(setArchived(as(ben), roomId, true)).rejects.toEqual(refused("NOT_ALLOWED"));
    await oldPlusChanges(world(), ben.id, roomId, () => setArchived(as(ana), roomId, true));
    const once = await setArchived(as(ana), roomId, true);
    expect(once.archivedAt).not.toBeNull();
    await oldPlusChanges(world(), ben.id, roomId, () => setArchived(as(ana), roomId, false));
    expect(await setArchived(as(ana), roomId, false)).toMatchObject({ archivedAt: null });
    expect((await words(roomId)).slice(1)).toEqual(["archived the room", "restored the room"]);
  });

  test("is not for the lobby or a direct room, whoever asks", async () => {
    const { ana } = await cast();
    const { rows } = await world().pool.query("select id from room where is_lobby");
    await world().join(ana, rows[0].id);
    await expect(setArchived(await asAdmin(world(), ana), rows[0].id, true)).rejects.toEqual(refused("NOT_ALLOWED"));
    const direct = await world().room(ana);
    await world().pool.query("update room set kind = 'direct', direct_key = $2 where id = $1", [
      direct,
      `${ana.id}__${ana.id}`,
    ]);
    await expect(setArchived(as(ana), direct, true)).rejects.toEqual(refused("NOT_ALLOWED"));
  });
});
