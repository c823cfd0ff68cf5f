import type pg from "pg";
import type { Action } from "#shared/can.ts";
import { type CreateRoomInput, type Room, TITLE_OF, type UpdateRoomInput } from "#shared/rooms.ts";
import { breaks } from "../db/sqlstate.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { takeIn } from "./membership.ts";
import { assertKnown } from "./people.ts";
import { assertCan, type Doer, roomForChange, type Standing } from "./rooms.ts";
import { leaveWord, listed } from "./system-messages.ts";

/** Makes a channel or a group with its creator as owner. Repeating the call answers the same room. NAME_TAKEN, CONFLICT (the id is somebody else's), NOT_FOUND (a person). */
export function createRoom(doer: Doer, wanted: CreateRoomInput): Promise<Room> {
  const make = () =>
    inTransaction(async (tx) => (await madeBefore(tx, doer, wanted.roomId)) ?? (await makeRoom(tx, doer, wanted)));
  return make().catch((error) => {
    // The same call twice at once: the other one made it. Which of the two keys breaks first is Postgres' choice.
    if (breaks(error, "room_pkey") || breaks(error, "room_slug_key")) return make().catch(nameTaken);
    throw error;
  });
}

async function madeBefore(tx: pg.PoolClient, doer: Doer, roomId: string): Promise<Room | null> {
  const { rows } = await tx.query<{ is_mine: boolean }>(
    `select room.created_by = $2 and exists (
       select from member where room_id = room.id and user_id = $2 and left_at is null) as is_mine
     from room where id = $1`,
    [roomId, doer.userId],
  );
  if (!rows[0]) return null;
  if (rows[0].is_mine) return (await roomForChange(tx, doer.userId, roomId)).room;
  throw new DomainError("CONFLICT", "This room could not be made. Start again.");
}

async function makeRoom(tx: pg.PoolClient, doer: Doer, wanted: CreateRoomInput): Promise<Room> {
  const { roomId, kind, title, topic, memberIds } = wanted;
  const people = await assertKnown(tx, doer.userId, memberIds);
  await tx.query(
    "insert into room (id, kind, visibility, slug, title, topic, created_by) values ($1, $2, $3, $4, $5, $6, $7)",
    [
      roomId,
      kind,
      kind === "channel" ? wanted.visibility : "private",
      kind === "channel" ? title : null,
      title,
      topic,
      doer.userId,
    ],
  );
  await takeIn(tx, roomId, [doer.userId], "owner");
  const newcomers = people.filter(({ id }) => id !== doer.userId);
  await takeIn(
    tx,
    roomId,
    newcomers.map(({ id }) => id),
  );
  const { room } = await roomForChange(tx, doer.userId, roomId);
  if (newcomers.length > 0) await leaveWord(tx, room, doer.userId, `added ${listed(newcomers)}`);
  return room;
}

/** Also when the room that has the name is private: that it is in use is all that is said. */
function nameTaken(error: unknown): never {
  if (breaks(error, "room_slug_key"))
    throw new DomainError(
      "NAME_TAKEN",
      "That name is in use, perhaps by a private or an archived channel. Choose another one.",
    );
  throw error;
}

/** Renames, gives another topic or visibility. NOT_FOUND, NOT_ALLOWED, NAME_TAKEN, INVALID, ARCHIVED. */
export function updateRoom(doer: Doer, wanted: UpdateRoomInput): Promise<Room> {
  const work = inTransaction(async (tx) => {
    const standing = await roomForChange(tx, doer.userId, wanted.roomId);
    const { phrases, title, slug, topic, visibility } = changesOf(standing, wanted);
    if (phrases.length === 0) return standing.room;
    await tx.query("update room set title = $2, slug = $3, topic = $4, visibility = $5 where id = $1", [
      wanted.roomId,
      title,
      slug,
      topic,
      visibility,
    ]);
    for (const phrase of phrases) await leaveWord(tx, standing.room, doer.userId, phrase);
    return (await roomForChange(tx, doer.userId, wanted.roomId)).room;
  });
  return work.catch(nameTaken);
}

/** What the settings become, and what is said of it. Only what is really another takes a right: a form sends everything. */
function changesOf(standing: Standing, wanted: UpdateRoomInput) {
  const { room } = standing;
  const phrases: string[] = [];
  const may = (action: Action, sentence: string) => assertCan(standing, action, sentence);
  let { title, slug, topic, visibility } = room;
  if (wanted.title !== undefined && wanted.title !== title) {
    may("room.rename", "Only owners and moderators can rename this room.");
    const isChannel = room.kind === "channel";
    title = TITLE_OF[isChannel ? "channel" : "group"].parse(wanted.title);
    slug = isChannel ? title : null;
    if (title !== room.title) phrases.push(`renamed the room to “${title}”`);
  }
  if (wanted.topic !== undefined && wanted.topic !== topic) {
    may("room.topic", "The topic of this room can't be changed.");
    topic = wanted.topic;
    phrases.push(topic === "" ? "cleared the topic" : `changed the topic to “${topic}”`);
  }
  if (wanted.visibility !== undefined && wanted.visibility !== visibility) {
    may("room.visibility", "Only an owner of a channel can make it public or private.");
    visibility = wanted.visibility;
    phrases.push(`made the room ${visibility}`);
  }
  return { phrases, title, slug, topic, visibility };
}

/** Closes a room for writing, or opens it again. NOT_FOUND, NOT_ALLOWED. Doing it twice changes nothing. */
export function setArchived(doer: Doer, roomId: string, isArchived: boolean): Promise<Room> {
  return inTransaction(async (tx) => {
    const standing = await roomForChange(tx, doer.userId, roomId);
    // By how the room is now, not by what is wanted: both take the same right, and archiving twice is no error.
    const action = standing.room.archivedAt ? "room.restore" : "room.archive";
    assertCan(standing, action, `Only an owner of this room can ${isArchived ? "archive" : "restore"} it.`);
    const { rowCount } = await tx.query(
      "update room set archived_at = case when $2 then clock_timestamp() end where id = $1 and (archived_at is not null) <> $2",
      [roomId, isArchived],
    );
    if (rowCount) await leaveWord(tx, standing.room, doer.userId, `${isArchived ? "archived" : "restored"} the room`);
    return (await roomForChange(tx, doer.userId, roomId)).room;
  });
}
