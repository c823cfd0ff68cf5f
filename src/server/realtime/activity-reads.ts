import type pg from "pg";
import { RECEIPTS_LIVE_MAX } from "#shared/limits.ts";
import type { Receipt } from "#shared/rooms.ts";
import type { Pair } from "./me-reads.ts";

/** Which of these people are in these rooms. */
export async function membersAsSystem(db: pg.Pool, asked: Pair[]): Promise<Pair[]> {
  const { rows } = await db.query<{ room_id: string; user_id: string }>({
    name: "members",
    text: `select k.room_id, k.user_id from unnest($1::uuid[], $2::uuid[]) asked (room_id, user_id)
           join member k on k.room_id = asked.room_id and k.user_id = asked.user_id and k.left_at is null`,
    values: [asked.map(({ roomId }) => roomId), asked.map(({ userId }) => userId)],
  });
  return rows.map((found) => ({ roomId: found.room_id, userId: found.user_id }));
}

type ReceiptRow = {
  room_id: string;
  user_id: string;
  from_seq: number | null;
  read_seq: number | null;
  last_delivered_seq: number | null;
  read_at: Date | null;
  delivered_at: Date | null;
};

/**
 * The watermarks of everybody in these rooms, by room. Of a room with more than RECEIPTS_LIVE_MAX members nothing. Whoever
 * is not in the answer was not a member at this reading: what it says is not theirs to hear (R9).
 */
export async function receiptsAsSystem(db: pg.Pool, roomIds: string[]): Promise<Map<string, Receipt[]>> {
  const { rows } = await db.query<ReceiptRow>({
    name: "receipts",
    text: `select asked.room_id, one.* from unnest($1::uuid[]) asked (room_id) cross join lateral (
             select k.user_id, r.from_seq, greatest(r.last_read_seq, r.seen_seq) as read_seq, r.last_delivered_seq, r.read_at, r.delivered_at
             from member k left join receipt r on r.room_id = k.room_id and r.user_id = k.user_id
             where k.room_id = asked.room_id and k.left_at is null limit ${RECEIPTS_LIVE_MAX + 1}) one`,
    values: [roomIds],
  });
  const byRoom = new Map<string, Receipt[]>();
  for (const row of rows) byRoom.set(row.room_id, [...(byRoom.get(row.room_id) ?? []), toReceipt(row)]);
  for (const [roomId, receipts] of byRoom) if (receipts.length > RECEIPTS_LIVE_MAX) byRoom.delete(roomId);
  return byRoom;
}

function toReceipt(row: ReceiptRow): Receipt {
  return {
    userId: row.user_id,
    fromSeq: row.from_seq ?? 0,
    lastReadSeq: row.read_seq ?? 0,
    lastDeliveredSeq: row.last_delivered_seq ?? 0,
    readAt: row.read_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
  };
}
