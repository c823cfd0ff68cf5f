import type pg from "pg";
import type { Change } from "#shared/feed.ts";
import {
  MEMBER_COLUMNS,
  MESSAGE_COLUMNS,
  type MemberRow,
  type MessageRow,
  ROOM_COLUMNS,
  type RoomRow,
  toMember,
  toMessage,
  toRoom,
} from "../db/rows.ts";

/** Rows of one room in one read. A room that has more is read again: nobody waits behind somebody else's backlog. */
export const READ_LIMIT = 200;

/** Rooms in one read. */
export const ROOMS_PER_READ = 200;

export type Wanted = { roomId: string; cursor: number };

export type RoomChanges = {
  roomId: string;
  from: number;
  /** Everything in (from, to] is in `changes`. */
  to: number;
  changes: Change[];
  /** The read stopped at its limit: there is more. */
  isFull: boolean;
};

export type Read = {
  rooms: Map<string, RoomChanges>;
  /** Sessions revoked in the last minute, in the same snapshot as the rows. */
  revoked: string[];
};

/**
 * "Changes in these rooms after these numbers": the one read behind live delivery, catch-up, resume and resync.
 *
 * One statement, for three reasons. `to` of a page that is not full is the room's version: read in another statement, a
 * change between the two would be skipped for ever. Messages, members and settings are one order under one limit: under
 * three limits the shortest list would be overtaken. And the sessions that ended come in the same snapshot, so that
 * nothing committed after a revocation can reach the revoked (R9). The lateral limit keeps one far cursor cheap.
 */
const READ_CHANGES = {
  name: "read-changes",
  text: `
    select want.room_id, want.cursor, room.version as head, change.type, change.version, change.row
    from unnest($1::uuid[], $2::bigint[]) as want (room_id, cursor)
    join room on room.id = want.room_id
    left join lateral (
      select * from (
        (select 'message' as type, one.version, row_to_json(one) as row from (
          select ${MESSAGE_COLUMNS} from message m join "user" u on u.id = m.author_id
          where m.room_id = want.room_id and m.version > want.cursor order by m.version limit $3) one)
        union all
        (select 'member', one.version, row_to_json(one) from (
          select ${MEMBER_COLUMNS} from member k join "user" u on u.id = k.user_id
          where k.room_id = want.room_id and k.version > want.cursor order by k.version limit $3) one)
        union all
        (select 'room', one.settings_version, row_to_json(one) from (
          select ${ROOM_COLUMNS} from room r where r.id = want.room_id and r.settings_version > want.cursor) one)
      ) found order by version limit $3
    ) change on true
    union all
    select null, null, null, 'revoked', null, to_json(session.id) from session where revoked_at > now() - interval '1 minute'
    order by room_id, version`,
};

type ReadRow =
  | { type: "message"; row: MessageRow; room_id: string; cursor: number; head: number; version: number }
  | { type: "member"; row: MemberRow; room_id: string; cursor: number; head: number; version: number }
  | { type: "room"; row: RoomRow; room_id: string; cursor: number; head: number; version: number }
  | { type: null; room_id: string; cursor: number; head: number }
  | { type: "revoked"; row: string };

function toChange(found: Extract<ReadRow, { type: "message" | "member" | "room" }>): Change {
  if (found.type === "message") return { type: "message", version: found.version, message: toMessage(found.row) };
  if (found.type === "member") return { type: "member", version: found.version, member: toMember(found.row) };
  return { type: "room", version: found.version, room: toRoom(found.row) };
}

/** Not scoped to a person: the hub reads for all who watch, and a feed asks only after it proved membership. */
export async function readChangesAsSystem(db: pg.Pool, wanted: Wanted[], limit = READ_LIMIT): Promise<Read> {
  const values = [wanted.map((want) => want.roomId), wanted.map((want) => want.cursor), limit];
  const { rows } = await db.query<ReadRow>({ ...READ_CHANGES, values });
  const read: Read = { rooms: new Map(), revoked: [] };
  for (const found of rows) {
    if (found.type === "revoked") {
      read.revoked.push(found.row);
      continue;
    }
    let room = read.rooms.get(found.room_id);
    if (!room) {
      room = {
        roomId: found.room_id,
        from: found.cursor,
        to: Math.max(found.head, found.cursor),
        changes: [],
        isFull: false,
      };
      read.rooms.set(found.room_id, room);
    }
    if (found.type !== null) room.changes.push(toChange(found));
  }
  for (const room of read.rooms.values()) {
    if (room.changes.length < limit) continue;
    room.isFull = true;
    room.to = room.changes.at(-1)?.version ?? room.to;
  }
  return read;
}

/** The version of every room in the list that there is, and the epoch: what a sweep compares. */
export async function readHeadsAsSystem(
  db: pg.Pool,
  roomIds: string[],
): Promise<{ epoch: string; heads: Map<string, number> }> {
  const { rows } = await db.query<{ epoch: string; id: string | null; version: number }>(
    `select (select feed_epoch()) as epoch, room.id, room.version from (select 1) one left join room on room.id = any($1::uuid[])`,
    [roomIds],
  );
  const heads = new Map<string, number>();
  for (const row of rows) if (row.id) heads.set(row.id, row.version);
  return { epoch: rows[0]?.epoch ?? "", heads };
}

/** Sessions that were revoked in the last minute: longer than a round, and than a bell is under way. */
export async function revokedAsSystem(db: pg.Pool): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: "revoked",
    text: "select id from session where revoked_at > now() - interval '1 minute'",
  });
  return rows.map((row) => row.id);
}

/** Which of these sessions no longer stand: revoked, expired, or their person deactivated. */
export async function endedSessionsAsSystem(db: pg.Pool, sessionIds: string[]): Promise<string[]> {
  if (sessionIds.length === 0) return [];
  const { rows } = await db.query<{ id: string }>(
    `select asked.id from unnest($1::uuid[]) as asked (id)
     left join session on session.id = asked.id and session.revoked_at is null and session.expires_at > now()
     left join "user" on "user".id = session.user_id and "user".deactivated_at is null
     where "user".id is null`,
    [sessionIds],
  );
  return rows.map((row) => row.id);
}
