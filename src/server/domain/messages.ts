import { cursorOf } from "#shared/feed.ts";
import { PAGE_SIZE } from "#shared/limits.ts";
import type { MessagePage } from "#shared/messages.ts";
import { pool } from "../db/pool.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "../db/rows.ts";
import { noSuchRoom } from "../errors.ts";

/**
 * A page of history, by keyset on (room_id, seq). Membership, the rows, and the number and epoch at which they were true
 * are one statement: the feed goes on from that cursor, and anything between two statements would be lost to it.
 * Throws NOT_FOUND for a room that is not there or not theirs.
 */
const PAGE_BEFORE = {
  name: "page-before",
  text: `select (select feed_epoch()) as epoch, room.version, one.row
         from member join room on room.id = member.room_id
         left join lateral (
           select row_to_json(found) as row, found.seq from (
             select ${MESSAGE_COLUMNS} from message m join "user" u on u.id = m.author_id
             where m.room_id = room.id and m.seq < coalesce($3::bigint, 9223372036854775807)
             order by m.seq desc limit $4) found) one on true
         where member.room_id = $1 and member.user_id = $2 and member.left_at is null
         order by one.seq desc`,
};

type PageRow = { epoch: string; version: number; row: MessageRow | null };

export async function pageBefore(
  userId: string,
  roomId: string,
  { before, limit = PAGE_SIZE }: { before?: number | undefined; limit?: number },
): Promise<MessagePage> {
  // One more than asked: whether there is anything older.
  const { rows } = await pool().query<PageRow>({ ...PAGE_BEFORE, values: [roomId, userId, before ?? null, limit + 1] });
  const [first] = rows;
  if (!first) throw noSuchRoom();
  const found = rows.flatMap(({ row }) => (row ? [toMessage(row)] : []));
  return {
    messages: found.slice(0, limit).reverse(),
    hasOlder: found.length > limit,
    cursor: cursorOf(first.epoch, first.version),
  };
}
