import type { MemberRole, MyRoom, NotificationLevel } from "#shared/rooms.ts";
import { COUNT_COLUMNS, type CountRow, toCounts } from "./counts.ts";
import { ROOM_COLUMNS, type RoomRow, toRoom } from "./rows.ts";

/**
 * The rooms of people ($1: an array of their ids), as each of them has it in their list: archived rooms too, with what they
 * hold for them, the lobby first, then by name. One statement, however many rooms: a page and every `me.feed` read it.
 */
export const MY_ROOMS = `
  select k.user_id, row_to_json(one) as row, k.role, k.level, k.is_favourite, ${COUNT_COLUMNS}
  from member k join room on room.id = k.room_id
  left join receipt on receipt.room_id = k.room_id and receipt.user_id = k.user_id
  cross join lateral (select ${ROOM_COLUMNS} from room r where r.id = k.room_id) one
  where k.user_id = any($1::uuid[]) and k.left_at is null
  order by one.is_lobby desc, lower(one.title), one.id`;

export type MyRoomRow = CountRow & {
  user_id: string;
  row: RoomRow;
  role: MemberRole;
  level: NotificationLevel;
  is_favourite: boolean;
};

export function toMyRoom(found: MyRoomRow): MyRoom {
  return {
    ...toRoom(found.row),
    role: found.role,
    level: found.level,
    isFavourite: found.is_favourite,
    ...toCounts(found),
  };
}
