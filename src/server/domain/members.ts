import type { MemberRole, Room } from "#shared/rooms.ts";
import { inTransaction } from "../db/transaction.ts";
import { assertAnotherOwner, endMembership, lastOwner, memberIn, othersIn, takeIn } from "./membership.ts";
import { callNewcomers } from "./newcomers.ts";
import { assertKnown } from "./people.ts";
import { assertCan, type Doer, lockRoom, roomForChange } from "./rooms.ts";
import { leaveWord, listed } from "./system-messages.ts";

/**
 * Joins a public channel that is not archived, or one that everybody has left: that one then has an owner again, who may
 * restore it. Joining twice changes nothing. NOT_FOUND for every other room: that a private one exists is nobody's business.
 */
export function joinRoom(doer: Doer, roomId: string): Promise<Room> {
  return inTransaction(async (tx) => {
    await lockRoom(tx, roomId);
    const { rows } = await tx.query<{ is_archived: boolean }>(
      `select archived_at is not null as is_archived from room
       where id = $1 and kind = 'channel' and visibility = 'public'
         and (archived_at is null or not exists (select from member where room_id = $1 and left_at is null))`,
      [roomId],
    );
    const [open] = rows;
    const came = open ? await takeIn(tx, roomId, [doer.userId], open.is_archived ? "owner" : "member") : [];
    const { room } = await roomForChange(tx, doer.userId, roomId);
    // Everybody is in the lobby: a line for each would be all that it holds.
    if (came.length > 0 && !room.isLobby) await leaveWord(tx, room, doer.userId, "joined");
    return room;
  });
}

/** Leaves a room; whoever leaves it empty archives it. NOT_FOUND, NOT_ALLOWED (the lobby, a direct room), LAST_OWNER. */
export function leaveRoom(doer: Doer, roomId: string): Promise<void> {
  return inTransaction(async (tx) => {
    const standing = await roomForChange(tx, doer.userId, roomId);
    const { room, role } = standing;
    const sentence = room.isLobby ? "Everybody is in this room. It can't be left." : "A direct room can't be left.";
    assertCan(standing, "room.leave", sentence);
    const others = await othersIn(tx, roomId, doer.userId);
    // Nothing can be handed over in an archived room.
    if (role === "owner" && room.archivedAt === null && others.owners === 0 && others.members > 0) throw lastOwner();
    await endMembership(tx, roomId, doer.userId);
    await leaveWord(tx, room, doer.userId, "left");
    if (others.members > 0 || room.archivedAt !== null) return;
    await tx.query("update room set archived_at = clock_timestamp() where id = $1", [roomId]);
    await leaveWord(tx, room, doer.userId, "archived the room");
  });
}

/** Takes people in, and tells them of what named them in vain; who is in already stays. NOT_FOUND (room or person), NOT_ALLOWED, ARCHIVED. */
export function addMembers(doer: Doer, roomId: string, userIds: string[]): Promise<void> {
  return inTransaction(async (tx) => {
    const standing = await roomForChange(tx, doer.userId, roomId);
    assertCan(standing, "member.add", "Nobody can be added to this room.");
    const people = await assertKnown(tx, doer.userId, userIds);
    const came = await takeIn(tx, roomId, userIds);
    if (came.length === 0) return;
    await callNewcomers(tx, roomId, came);
    const newcomers = people.filter(({ id }) => came.includes(id));
    await leaveWord(tx, standing.room, doer.userId, `added ${listed(newcomers)}`);
  });
}

/** Ends somebody's membership: their feeds end with it (R9). NOT_FOUND (room or member), NOT_ALLOWED, ARCHIVED, LAST_OWNER. */
export function removeMember(doer: Doer, roomId: string, userId: string): Promise<void> {
  if (userId === doer.userId) return leaveRoom(doer, roomId);
  return inTransaction(async (tx) => {
    const standing = await roomForChange(tx, doer.userId, roomId);
    const { person, role, serverRole } = await memberIn(tx, roomId, userId);
    assertCan(standing, "member.remove", "You can't remove this person from this room.", { role, serverRole });
    if (role === "owner") await assertAnotherOwner(tx, standing.room, userId);
    await endMembership(tx, roomId, userId);
    await leaveWord(tx, standing.room, doer.userId, `removed ${person.name}`);
  });
}

const WITH_ARTICLE = { owner: "an owner", moderator: "a moderator", member: "a member" };

/** NOT_FOUND (room or member), NOT_ALLOWED, ARCHIVED, LAST_OWNER. */
export function setMemberRole(doer: Doer, roomId: string, userId: string, role: MemberRole): Promise<void> {
  return inTransaction(async (tx) => {
    const standing = await roomForChange(tx, doer.userId, roomId);
    const { person, role: before } = await memberIn(tx, roomId, userId);
    const isOwn = userId === doer.userId;
    assertCan(standing, "member.set-role", "Only an owner can change roles here.", { role: before, isOwn });
    if (role === before) return;
    if (before === "owner") await assertAnotherOwner(tx, standing.room, userId);
    await tx.query("update member set role = $3 where room_id = $1 and user_id = $2", [roomId, userId, role]);
    const phrase = isOwn ? `is now ${WITH_ARTICLE[role]}` : `made ${person.name} ${WITH_ARTICLE[role]}`;
    await leaveWord(tx, standing.room, doer.userId, phrase);
  });
}
