import { describe, expect, test } from "vitest";
import { appoint, codeOf } from "#test/conversation.ts";
import { as, membership, membersIn, refused, settings, words } from "#test/membership.ts";
import { oldPlusChanges } from "#test/room-mirror.ts";
import { eventually, inAWorld } from "#test/world.ts";
import { joinRoom, leaveRoom, setMemberRole } from "./members.ts";
import { setArchived } from "./room-settings.ts";
import { lockRoom } from "./rooms.ts";

/** Who comes into a room by themselves, and who goes. */
const world = inAWorld();

describe("joining", () => {
  test("takes dana into a public channel, says so there, and twice is once", async () => {
    const { ana, dana } = await membership(world());
    const roomId = await world().room(ana);
    await oldPlusChanges(world(), ana.id, roomId, () => joinRoom(as(dana), roomId));
    expect(await joinRoom(as(dana), roomId)).toMatchObject({ id: roomId });
    expect(await membersIn(world(), roomId)).toEqual({ ana: "member", dana: "member" });
    expect(await words(world(), roomId)).toEqual(["dana joined"]);
  });

  test("a private channel, a group, an archived channel or one that is not there is the same: there is none", async () => {
    const { ana, dana } = await membership(world());
    const answers = await Promise.all(
      ["visibility = 'private'", "kind = 'group'", "archived_at = now()", ""].map(async (set) => {
        const roomId = set ? await world().room(ana) : dana.id;
        if (set) await settings(world(), roomId, set);
        return joinRoom(as(dana), roomId).catch(({ code, message }) => ({ code, message }));
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: "NOT_FOUND" });
  });

  test("again after having left is one row, which begins anew, as a member", async () => {
    const { ana, ben } = await membership(world());
    const roomId = await world().room(ana, ben);
    await appoint(world(), roomId, ben, "moderator");
    await appoint(world(), roomId, ana, "owner");
    await leaveRoom(as(ben), roomId);
    await oldPlusChanges(world(), ana.id, roomId, () => joinRoom(as(ben), roomId));
    const { rows } = await world().pool.query(
      "select role, left_at, joined_at > now() - interval '1 minute' as is_new from member where room_id = $1 and user_id = $2",
      [roomId, ben.id],
    );
    expect(rows).toEqual([{ role: "member", left_at: null, is_new: true }]);
    expect(await words(world(), roomId)).toEqual(["ben left", "ben joined"]);
  });

  test("an archived channel that everybody has left makes whoever comes first its owner, who can restore it", async () => {
    const { ana, ben, dana } = await membership(world());
    const roomId = await world().room(ana);
    await leaveRoom(as(ana), roomId);
    const outcomes = await Promise.all([dana, ben].map((who) => codeOf(joinRoom(as(who), roomId))));
    expect(outcomes.sort(), "the other came too late, to one that is archived").toEqual(["NOT_FOUND", "ok"]);
    const members = await membersIn(world(), roomId);
    expect(Object.values(members)).toEqual(["owner"]);
    await setArchived(as(members.dana ? dana : ben), roomId, false);
    await joinRoom(as(ana), roomId);
    expect(await membersIn(world(), roomId)).toMatchObject({ ana: "member" });
  });

  test("five times at the same instant is one row and one line", async () => {
    const { ana, dana } = await membership(world());
    const roomId = await world().room(ana);
    await Promise.all(Array.from({ length: 5 }, () => joinRoom(as(dana), roomId)));
    expect(await membersIn(world(), roomId)).toEqual({ ana: "member", dana: "member" });
    expect(await words(world(), roomId)).toEqual(["dana joined"]);
  });

  test("while the room is being archived waits for it, and finds none", async () => {
    const { ana, dana } = await membership(world());
    const roomId = await world().room(ana);
    let joining: Promise<string> | undefined;
    await world().onOneConnection(async (archiving) => {
      await archiving.query("begin");
      await lockRoom(archiving, roomId);
      await archiving.query("update room set archived_at = now() where id = $1", [roomId]);
      joining = codeOf(joinRoom(as(dana), roomId));
      await eventually(
        () => world().waitingForLocks(),
        (count) => count === 1,
      );
      await archiving.query("commit");
    });
    expect(await joining).toBe("NOT_FOUND");
    expect(await membersIn(world(), roomId)).toEqual({ ana: "member" });
  });

  test("the lobby makes no line: it would hold nothing else", async () => {
    const { dana } = await membership(world());
    const { rows } = await world().pool.query("select id from room where is_lobby");
    await joinRoom(as(dana), rows[0].id);
    expect(await membersIn(world(), rows[0].id)).toMatchObject({ dana: "member" });
    expect(await words(world(), rows[0].id)).toEqual([]);
  });
});

describe("leaving", () => {
  test("ends ben's membership and says so", async () => {
    const { ana, ben, roomId } = await membership(world());
    await oldPlusChanges(world(), ana.id, roomId, () => leaveRoom(as(ben), roomId));
    expect(await membersIn(world(), roomId)).toEqual({ ana: "owner" });
    expect(await words(world(), roomId)).toEqual(["ben left"]);
    await expect(leaveRoom(as(ben), roomId)).rejects.toEqual(refused("NOT_FOUND"));
  });

  test("is not for the lobby or a direct room; an archived room can be left", async () => {
    const { ben, roomId } = await membership(world());
    const { rows } = await world().pool.query("select id from room where is_lobby");
    await world().join(ben, rows[0].id);
    await expect(leaveRoom(as(ben), rows[0].id)).rejects.toEqual(refused("NOT_ALLOWED"));
    await settings(world(), roomId, "archived_at = now()");
    await leaveRoom(as(ben), roomId);
    const direct = await world().room(ben);
    await settings(world(), direct, `kind = 'direct', direct_key = '${ben.id}__${ben.id}'`);
    await expect(leaveRoom(as(ben), direct)).rejects.toEqual(refused("NOT_ALLOWED"));
  });

  test("is not for the last owner among others, be the other owner deactivated; once handed over, it is", async () => {
    const { ana, ben, cleo, roomId } = await membership(world());
    await expect(leaveRoom(as(ana), roomId)).rejects.toEqual(refused("LAST_OWNER"));
    await world().join(cleo, roomId);
    await appoint(world(), roomId, cleo, "owner");
    await world().pool.query('update "user" set deactivated_at = now() where id = $1', [cleo.id]);
    await expect(leaveRoom(as(ana), roomId)).rejects.toEqual(refused("LAST_OWNER"));
    await setMemberRole(as(ana), roomId, ben.id, "owner");
    await leaveRoom(as(ana), roomId);
    expect(await membersIn(world(), roomId)).toEqual({ ben: "owner", cleo: "owner" });
  });

  test("of the last one of all archives the room", async () => {
    const { ana, ben, roomId } = await membership(world());
    await leaveRoom(as(ben), roomId);
    const archived = async () =>
      (await world().pool.query("select archived_at is not null as it from room where id = $1", [roomId])).rows[0].it;
    expect(await archived()).toBe(false);
    await leaveRoom(as(ana), roomId);
    expect([await archived(), await membersIn(world(), roomId)]).toEqual([true, {}]);
    expect(await words(world(), roomId)).toEqual(["ben left", "ana left", "ana archived the room"]);
  });

  test("by two owners at the same instant, among others, leaves one of them: fifteen times over", async () => {
    for (let round = 0; round < 15; round++) {
      const { ana, ben, cleo, roomId } = await membership(world());
      await appoint(world(), roomId, ben, "owner");
      await world().join(cleo, roomId);
      const outcomes = await Promise.all([ana, ben].map((who) => codeOf(leaveRoom(as(who), roomId))));
      expect(outcomes.sort()).toEqual(["LAST_OWNER", "ok"]);
      expect(Object.values(await membersIn(world(), roomId)).sort()).toEqual(["member", "owner"]);
    }
  });
});
