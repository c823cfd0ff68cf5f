import type { Message, MessageEdit, MessageReceipts } from "#shared/messages.ts";
import type { Reading } from "#shared/rooms.ts";
import { pool } from "../db/pool.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "../db/rows.ts";
import { noSuchMessage } from "../errors.ts";
import { roomFor } from "./rooms.ts";

/** Where a message is that somebody may see. */
export type Sighted = {
  roomId: string;
  seq: number;
  authorId: string;
  threadRoot: string | null;
  isDeleted: boolean;
};

type SightedRow = {
  room_id: string;
  seq: number;
  author_id: string;
  thread_root: string | null;
  is_deleted: boolean;
};

/** Proves that a message is in a room that somebody is in, or throws NOT_FOUND; of a tombstone, too, it says where it is. */
export async function visibleMessage(userId: string, messageId: string): Promise<Sighted> {
  const { rows } = await pool().query<SightedRow>({
    name: "visible-message",
    text: `select m.room_id, m.seq, m.author_id, m.thread_root, m.deleted_at is not null as is_deleted
           from message m join member k on k.room_id = m.room_id and k.user_id = $1 and k.left_at is null
           where m.id = $2`,
    values: [userId, messageId],
  });
  const [found] = rows;
  if (!found) throw noSuchMessage();
  return {
    roomId: found.room_id,
    seq: found.seq,
    authorId: found.author_id,
    threadRoot: found.thread_root,
    isDeleted: found.is_deleted,
  };
}

/** The same for one that still says something. */
export async function livingMessage(userId: string, messageId: string): Promise<Sighted> {
  const sighted = await visibleMessage(userId, messageId);
  if (sighted.isDeleted) throw noSuchMessage();
  return sighted;
}

/** What a message said before, oldest first. NOT_FOUND, also when it was deleted. */
export async function editsOf(userId: string, messageId: string): Promise<MessageEdit[]> {
  await livingMessage(userId, messageId);
  const { rows } = await pool().query<{ body: string; written_at: Date }>({
    name: "edits-of",
    // Asked again: what was deleted since is not shown any more, and nothing to whom was removed since.
    text: `select e.body, e.written_at from message_edit e join message m on m.id = e.message_id
           join member k on k.room_id = m.room_id and k.user_id = $2 and k.left_at is null
           where e.message_id = $1 and m.deleted_at is null order by e.version`,
    values: [messageId, userId],
  });
  return rows.map((row) => ({ body: row.body, writtenAt: row.written_at.toISOString() }));
}

/** The most marks in one answer; `others` counts on. */
const RECEIPTS_SHOWN_MAX = 1_000;

type ReceiptRow = {
  user_id: string;
  read_seq: number;
  delivered_seq: number;
  read_at: Date | null;
  delivered_at: Date | null;
  others: number;
};

const RECEIPTS_OF = {
  name: "receipts-of",
  text: `with marks as (
           select k.user_id, r.delivered_at, case when $4::uuid is null then r.read_at end as read_at,
             coalesce(case when $4::uuid is null then greatest(r.last_read_seq, r.seen_seq)
               when f.from_seq < $2 then f.last_read_seq end, 0) as read_seq,
             coalesce(case when r.from_seq < $2 then r.last_delivered_seq end, 0) as delivered_seq
           from member k
           left join receipt r on r.room_id = k.room_id and r.user_id = k.user_id
           left join thread_follow f on f.user_id = k.user_id and f.root_id = $4
           where k.room_id = $1 and k.left_at is null and k.user_id <> $3
             and coalesce(least(r.from_seq, f.from_seq), 0) < $2
             and exists (select from member me where me.room_id = $1 and me.user_id = $5 and me.left_at is null))
         select marks.*, (select count(*)::int from marks where greatest(read_seq, delivered_seq) < $2) as others
         from (select 1) one left join marks on greatest(read_seq, delivered_seq) >= $2
         order by read_seq >= $2 desc, coalesce(read_at, delivered_at), user_id limit ${RECEIPTS_SHOWN_MAX}`,
};

/**
 * Who has read a message, and who has been given it, of those who were here when it was said, or were told of it when they
 * came. A reply is read where threads are read: by the mark that each keeps in its thread. NOT_FOUND, also when it was deleted.
 */
export async function receiptsOf(userId: string, messageId: string): Promise<MessageReceipts> {
  const { roomId, seq, authorId, threadRoot } = await livingMessage(userId, messageId);
  const values = [roomId, seq, authorId, threadRoot, userId];
  const { rows } = await pool().query<ReceiptRow>({ ...RECEIPTS_OF, values });
  const known = rows.filter((row) => row.user_id !== null);
  return {
    read: known.filter((row) => row.read_seq >= seq).map(toReading),
    delivered: known.filter((row) => row.read_seq < seq).map(toReading),
    others: rows[0]?.others ?? 0,
  };
}

function toReading(row: ReceiptRow): Reading {
  return {
    userId: row.user_id,
    lastReadSeq: row.read_seq,
    lastDeliveredSeq: Math.max(row.delivered_seq, row.read_seq),
    readAt: row.read_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
  };
}

/** Messages of one room by id, oldest first; ids of other rooms are left out. NOT_FOUND for strangers. */
export async function messagesById(userId: string, roomId: string, messageIds: string[]): Promise<Message[]> {
  return messagesWhere("messages-by-id", "m.id = any($3::uuid[])", "m.seq", userId, roomId, [messageIds]);
}

/** What is pinned in a room, the last pinned first. NOT_FOUND for strangers. */
export async function pinnedIn(userId: string, roomId: string): Promise<Message[]> {
  return messagesWhere("pinned-in", "m.pinned_at is not null", "m.pinned_at desc, m.seq desc", userId, roomId, []);
}

/** Membership is asked in the same statement, so that nothing of after a removal is answered; and once more when nothing was found, to know why. */
async function messagesWhere(
  name: string,
  condition: string,
  order: string,
  userId: string,
  roomId: string,
  values: unknown[],
): Promise<Message[]> {
  const { rows } = await pool().query<{ row: MessageRow }>({
    name,
    text: `select row_to_json(one) as row from member k cross join lateral (
             select ${MESSAGE_COLUMNS} from message m join "user" u on u.id = m.author_id
             where m.room_id = k.room_id and ${condition} order by ${order}) one
           where k.room_id = $1 and k.user_id = $2 and k.left_at is null`,
    values: [roomId, userId, ...values],
  });
  if (rows.length === 0) await roomFor(userId, roomId);
  return rows.map(({ row }) => toMessage(row));
}
