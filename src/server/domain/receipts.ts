import { pool } from "../db/pool.ts";
import { noSuchRoom } from "../errors.ts";

/**
 * Sets one's watermark just below a message, so that it and what follows is unread again. Never forward: what lies between
 * was not seen. What has been delivered stays so, and to the others what was seen stays seen. NOT_FOUND.
 */
export async function markUnread(userId: string, roomId: string, seq: number): Promise<void> {
  const { rowCount } = await pool().query({
    name: "mark-unread",
    text: `update receipt set last_read_seq = least(receipt.last_read_seq, $3::bigint - 1),
             seen_seq = greatest(receipt.seen_seq, receipt.last_read_seq)
           from member k where k.room_id = $1 and k.user_id = $2 and k.left_at is null
             and receipt.room_id = k.room_id and receipt.user_id = k.user_id`,
    values: [roomId, userId, seq],
  });
  if (rowCount === 0) throw noSuchRoom();
}
