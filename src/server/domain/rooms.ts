import type { MemberRole, Room } from "#shared/rooms.ts";
import { pool } from "../db/pool.ts";
import { ROOM_COLUMNS, type RoomRow, toRoom } from "../db/rows.ts";
import { noSuchRoom } from "../errors.ts";

export type MyRoom = { room: Room; role: MemberRole; version: number };

/** Proves that somebody is in a room, or throws NOT_FOUND: the same for a wrong id and for a stranger (R11). */
export async function roomFor(userId: string, roomId: string): Promise<MyRoom> {
  const { rows } = await pool().query<{ row: RoomRow; role: MemberRole; version: number }>({
    name: "room-for",
    text: `select row_to_json(one) as row, member.role, room.version
           from member join room on room.id = member.room_id
           cross join lateral (select ${ROOM_COLUMNS} from room r where r.id = room.id) one
           where member.room_id = $1 and member.user_id = $2 and member.left_at is null`,
    values: [roomId, userId],
  });
  const [found] = rows;
  if (!found) throw noSuchRoom();
  return { room: toRoom(found.row), role: found.role, version: found.version };
}

/** Everything that somebody is in, for the sidebar: the lobby first, then by name. Archived rooms only when asked for. */
export async function roomsOf(userId: string, { withArchived = false } = {}): Promise<Room[]> {
  const { rows } = await pool().query<{ row: RoomRow }>({
    name: "rooms-of",
    text: `select row_to_json(one) as row from member
           cross join lateral (select ${ROOM_COLUMNS} from room r where r.id = member.room_id) one
           where member.user_id = $1 and member.left_at is null and ($2 or one.archived_at is null)
           order by one.is_lobby desc, lower(one.title), one.id`,
    values: [userId, withArchived],
  });
  return rows.map(({ row }) => toRoom(row));
}
