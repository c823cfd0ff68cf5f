import { UNREAD_MAX } from "#shared/limits.ts";

/** Above every place that there will be. */
export const THE_END = Number.MAX_SAFE_INTEGER;

/**
 * What a room holds for one member, as columns of `from member k join room on room.id = k.room_id left join receipt on
 * (receipt.room_id, receipt.user_id) = (k.room_id, k.user_id)`. Counted at every reading from an index, up to a bound: a
 * stored counter would drift, and a count without a bound would walk through a year of somebody's absence. How: see
 * `unread_messages` in prisma/migrations. The last message is asked for as domain/messages.ts asks for pages.
 */
export const COUNT_COLUMNS = `
  unread_messages(k.room_id, k.user_id, coalesce(receipt.last_read_seq, 0), ${UNREAD_MAX}) as unread,
  unread_mentions(k.room_id, k.user_id, coalesce(receipt.last_read_seq, 0), ${UNREAD_MAX}) as mentions,
  coalesce(receipt.last_read_seq, 0) as last_read_seq,
  (select json_build_object('seq', m.seq, 'at', m.created_at) from message m
    where m.thread_root is null and (m.room_id, m.seq) <= (k.room_id, ${THE_END}) and (m.room_id, m.seq) >= (k.room_id, 0)
    order by m.room_id desc, m.seq desc limit 1) as last`;

/** Replies of others that the follower of a thread has not read: `from thread_follow f`. Bounded as above. */
export const UNREAD_REPLIES = `unread_replies(f.root_id, f.user_id, f.last_read_seq, ${UNREAD_MAX})`;

/** Whether one of them calls the follower by name. */
export const IS_CALLED = "is_called_in(f.root_id, f.user_id, f.last_read_seq)";

export type CountRow = {
  unread: number;
  mentions: number;
  last_read_seq: number;
  last: { seq: number; at: string } | null;
};

export function toCounts(row: CountRow) {
  return {
    unread: row.unread,
    mentions: row.mentions,
    lastReadSeq: row.last_read_seq,
    lastSeq: row.last?.seq ?? 0,
    lastAt: row.last ? new Date(row.last.at).toISOString() : null,
  };
}
