import type { FoundMessage } from "#shared/messages.ts";
import { pool } from "../db/pool.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "../db/rows.ts";
import { livingMessage } from "./message-reads.ts";

/** The most that a list of saved messages shows. */
const SAVED_SHOWN_MAX = 500;

/** Saves a message for later, or no longer; the latter also when one may no longer see it. NOT_FOUND. */
export async function saveMessage(userId: string, messageId: string, isOn: boolean): Promise<void> {
  if (!isOn) {
    const { rowCount } = await pool().query("delete from saved where user_id = $1 and message_id = $2", [
      userId,
      messageId,
    ]);
    if (rowCount) return;
  }
  await livingMessage(userId, messageId);
  if (isOn)
    await pool().query("insert into saved (user_id, message_id) values ($1, $2) on conflict do nothing", [
      userId,
      messageId,
    ]);
}

/** What somebody saved and may still see, the last saved first; at most 500. A direct room is called by the other's name. */
export async function savedBy(userId: string): Promise<FoundMessage[]> {
  const { rows } = await pool().query<{ row: MessageRow; room_title: string }>({
    name: "saved-by",
    text: `select row_to_json(one) as row, one.room_title from (
             select ${MESSAGE_COLUMNS}, ${ROOM_TITLE} as room_title
             from saved s
             join message m on m.id = s.message_id and m.deleted_at is null
             join member k on k.room_id = m.room_id and k.user_id = s.user_id and k.left_at is null
             join room r on r.id = m.room_id
             join "user" u on u.id = m.author_id
             where s.user_id = $1 order by s.saved_at desc, s.message_id desc limit ${SAVED_SHOWN_MAX}) one`,
    values: [userId],
  });
  return rows.map(({ row, room_title }) => ({
    message: toMessage(row),
    roomId: row.room_id,
    roomTitle: room_title,
  }));
}

/** Of a room `r` to member `k`. A direct room with oneself is called by one's own name. */
const ROOM_TITLE = `case when r.kind <> 'direct' then r.title else (
  select p.display_name from "user" p where p.id = any(string_to_array(r.direct_key, '__')::uuid[])
  order by p.id = k.user_id limit 1) end`;
