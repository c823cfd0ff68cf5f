import { describe, expect, test } from "vitest";
import { appoint, codeOf } from "#test/conversation.ts";
import { as, asAdmin, membership, membersIn, refused, settings, words } from "#test/membership.ts";
import { oldPlusChanges } from "#test/room-mirror.ts";
import { inAWorld } from "#test/world.ts";
import { addMembers, leaveRoom, removeMember, setMemberRole } from "./members.ts";
import { setArchived } from "./room-settings.ts";

/** Who is taken into a room and out of it by others, and what they are there. */
const world = inAWorld();

describe("adding", () => {
  test("takes in whom ben shares a room with and says whom, once; who was removed comes back", async () => {
    const { ana, ben, cleo, robin, roomId } = await membership(world());
    await world().room(ben, robin);
    await oldPlusChanges(world(), ana.id, roomId, () =>
      addMembers(as(ben), roomId, [cleo.id, ana.id, robin.id, cleo.id]),
    );
    await addMembers(as(ben), roomId, [cleo.id]);
    expect(await membersIn(world(), roomId)).toEqual({ ana: "owner", ben: "member", cleo: "member", robin: "member" });
    expect(await words(world(), roomId)).toEqual(["ben added cleo and robin"]);
  });

  test("somebody unknown, somebody who is not there and somebody deactivated is the same, and takes in nobody", async () => {
    const { ana, cleo, dana, roomId } = await membership(world());
    const gone = await world().person("gone");
    await world().room(ana, gone);
    await world().pool.query('update "user" set deactivated_at = now() where id = $1', [gone.id]);
    const sentences = await Promise.all(
      [dana.id, gone.id, roomId].map((id) =>
        addMembers(as(ana), roomId, [cleo.id, id]).catch(({ code, message }) => `${code} ${message}`),
      ),
    );
    expect(new Set(sentences)).toEqual(new Set(["NOT_FOUND There is no such person."]));
    expect(await membersIn(world(), roomId)).toEqual({ ana: "owner", ben: "member" });
  });

  test("is for members, in a room that is neither archived nor the lobby nor direct", async () => {
    const { ana, ben, cleo, robin, dana, roomId } = await membership(world());
    for (const who of [robin, dana, cleo])
      await expect(addMembers(as(who), roomId, [who.id])).rejects.toEqual(refused("NOT_FOUND"));
    await settings(world(), roomId, "archived_at = now()");
    await expect(addMembers(as(ben), roomId, [cleo.id])).rejects.toEqual(refused("ARCHIVED"));
    const direct = await world().room(ana, ben);
    await settings(world(), direct, `kind = 'direct', direct_key = '${ana.id}__${ben.id}'`);
    await expect(addMembers(as(ana), direct, [cleo.id])).rejects.toEqual(refused("NOT_ALLOWED"));
  });
});

describe("removing", () => {
  test("is what ana, who owns the room, may do to ben, and ben not to her", async () => {
    const { ana, ben, roomId } = await membership(world());
    await expect(removeMember(as(ben), roomId, ana.id)).rejects.toEqual(refused("NOT_ALLOWED"));
    await oldPlusChanges(world(), ana.id, roomId, () => removeMember(as(ana), roomId, ben.id));
    expect(await membersIn(world(), roomId)).toEqual({ ana: "owner" });
    expect(await words(world(), roomId)).toEqual(["ana removed ben"]);
  });

  test("a moderator may do to members, not to moderators or owners", async () => {
    const { ana, ben, cleo, roomId } = await membership(world());
    await world().join(cleo, roomId);
    await appoint(world(), roomId, ben, "moderator");
    await appoint(world(), roomId, cleo, "moderator");
    for (const who of [ana, cleo])
      await expect(removeMember(as(ben), roomId, who.id)).rejects.toEqual(refused("NOT_ALLOWED"));
    await appoint(world(), roomId, cleo, "member");
    await removeMember(as(ben), roomId, cleo.id);
    expect(await membersIn(world(), roomId)).toEqual({ ana: "owner", ben: "moderator" });
  });

  test("somebody who was removed, who was never in, or who is not there is the same", async () => {
    const { ana, cleo, robin, roomId } = await membership(world());
    const sentences = await Promise.all(
      [robin.id, cleo.id, roomId].map((id) => removeMember(as(ana), roomId, id).catch(({ message }) => message)),
    );
    expect(new Set(sentences)).toEqual(new Set(["There is no such person."]));
  });

  test("oneself is leaving, and the last owner is not removed by the server's admin either", async () => {
    const { ana, ben, cleo, roomId } = await membership(world());
    await world().join(cleo, roomId);
    await removeMember(as(ben), roomId, ben.id);
    expect(await words(world(), roomId)).toEqual(["ben left"]);
    await expect(removeMember(as(ana), roomId, ana.id)).rejects.toEqual(refused("LAST_OWNER"));
    await expect(removeMember(await asAdmin(world(), cleo), roomId, ana.id)).rejects.toEqual(refused("LAST_OWNER"));
    await setMemberRole(await asAdmin(world(), cleo), roomId, cleo.id, "owner");
    await removeMember(await asAdmin(world(), cleo), roomId, ana.id);
    expect(await membersIn(world(), roomId)).toEqual({ cleo: "owner" });
  });

  test("the last owner may leave an archived room, where nothing can be handed over", async () => {
    const { ana, ben, roomId } = await membership(world());
    await expect(leaveRoom(as(ana), roomId)).rejects.toEqual(refused("LAST_OWNER"));
    await world().pool.query("update room set archived_at = now() where id = $1", [roomId]);
    await leaveRoom(as(ana), roomId);
    expect(Object.keys(await membersIn(world(), roomId))).toEqual([ben.username.split("-")[0]]);
  });

  test("each other at the same instant takes out one of the two owners: fifteen times over", async () => {
    for (let round = 0; round < 15; round++) {
      const { ana, ben, roomId } = await membership(world());
      await appoint(world(), roomId, ben, "owner");
      const outcomes = await Promise.all([
        codeOf(removeMember(as(ana), roomId, ben.id)),
        codeOf(removeMember(as(ben), roomId, ana.id)),
      ]);
      expect(outcomes.sort()).toEqual(["NOT_FOUND", "ok"]);
      expect(Object.values(await membersIn(world(), roomId))).toEqual(["owner"]);
    }
  });

  test("while ben sends: what has a number above the removal is not there, and every answer says which it was", async () => {
    const node = await world().node();
    for (let round = 0; round < 15; round++) {
      const { ana, ben, roomId } = await membership(world());
      const send = (n: number) =>
        codeOf(node.sends.send({ roomId, authorId: ben.id, clientId: crypto.randomUUID(), body: `${n}` }));
      const sends: Promise<string>[] = [];
      for (let n = 0; n < 6; n++) {
        sends.push(send(n));
        await new Promise(setImmediate);
      }
      const [, ...outcomes] = await Promise.all([removeMember(as(ana), roomId, ben.id), ...sends, send(6)]);
      const { rows } = await world().pool.query<{ cut: number; said: number; above: number }>(
        `select k.version as cut, count(m.id) as said, count(m.id) filter (where m.version > k.version) as above
         from member k left join message m on m.room_id = k.room_id and m.author_id = k.user_id
         where k.room_id = $1 and k.user_id = $2 group by k.version`,
        [roomId, ben.id],
      );
      expect(rows[0]).toMatchObject({ said: outcomes.filter((one) => one === "ok").length, above: 0 });
      for (const one of outcomes) expect(["ok", "NOT_FOUND"]).toContain(one);
    }
  });
});

describe("roles", () => {
  test("are given by owners, and said; the same one again is nothing", async () => {
    const { ana, ben, roomId } = await membership(world());
    await expect(setMemberRole(as(ben), roomId, ben.id, "owner")).rejects.toEqual(refused("NOT_ALLOWED"));
    await oldPlusChanges(world(), ana.id, roomId, () => setMemberRole(as(ana), roomId, ben.id, "moderator"));
    await setMemberRole(as(ana), roomId, ben.id, "moderator");
    await expect(setMemberRole(as(ben), roomId, ben.id, "owner")).rejects.toEqual(refused("NOT_ALLOWED"));
    await setMemberRole(as(ana), roomId, ben.id, "owner");
    await setMemberRole(as(ben), roomId, ben.id, "member");
    expect(await words(world(), roomId)).toEqual([
      "ana made ben a moderator",
      "ana made ben an owner",
      "ben is now a member",
    ]);
  });

  test("of who is not in are not to be given", async () => {
    const { ana, robin, cleo, roomId } = await membership(world());
    for (const who of [robin, cleo])
      await expect(setMemberRole(as(ana), roomId, who.id, "owner")).rejects.toEqual(refused("NOT_FOUND"));
  });

  test("the last owner keeps theirs, also when nobody else is there and also before the server's admin", async () => {
    const { ana, ben, roomId } = await membership(world());
    await expect(setMemberRole(as(ana), roomId, ana.id, "member")).rejects.toEqual(refused("LAST_OWNER"));
    await expect(setMemberRole(await asAdmin(world(), ben), roomId, ana.id, "member")).rejects.toEqual(
      refused("LAST_OWNER"),
    );
    await leaveRoom(as(ben), roomId);
    await expect(setMemberRole(as(ana), roomId, ana.id, "member")).rejects.toEqual(refused("LAST_OWNER"));
  });

  test("taken from each other at the same instant leave exactly one owner: fifteen times over", async () => {
    for (let round = 0; round < 15; round++) {
      const { ana, ben, roomId } = await membership(world());
      await appoint(world(), roomId, ben, "owner");
      const outcomes = await Promise.all([
        codeOf(setMemberRole(as(ana), roomId, ben.id, "member")),
        codeOf(setMemberRole(as(ben), roomId, ana.id, "member")),
      ]);
      expect(outcomes.sort()).toEqual(["NOT_ALLOWED", "ok"]);
      expect(Object.values(await membersIn(world(), roomId)).sort()).toEqual(["member", "owner"]);
    }
  });

  test("laid down by both owners at the same instant stay with one of them", async () => {
    for (let round = 0; round < 15; round++) {
      const { ana, ben, roomId } = await membership(world());
      await appoint(world(), roomId, ben, "owner");
      const outcomes = await Promise.all(
        [ana, ben].map((who) => codeOf(setMemberRole(as(who), roomId, who.id, "member"))),
      );
      expect(outcomes.sort()).toEqual(["LAST_OWNER", "ok"]);
    }
  });
});

test("nobody outside learns anything: archive, add, remove, roles and leaving are all of a room that is not there", async () => {
  const { ben, dana, robin, roomId } = await membership(world());
  for (const who of [dana, robin]) {
    const admin = await asAdmin(world(), who);
    for (const work of [
      () => leaveRoom(admin, roomId),
      () => addMembers(admin, roomId, [who.id]),
      () => removeMember(admin, roomId, ben.id),
      () => setMemberRole(admin, roomId, ben.id, "owner"),
      () => setArchived(admin, roomId, true),
    ])
      await expect(work()).rejects.toEqual(refused("NOT_FOUND"));
  }
});
