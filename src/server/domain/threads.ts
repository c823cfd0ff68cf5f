import type { z } from "zod";
import type { FollowedThread, ThreadPage, ThreadPageInput } from "#shared/messages.ts";
import { THE_END, UNREAD_REPLIES } from "../db/counts.ts";
import { pool } from "../db/pool.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "../db/rows.ts";
import { noSuchMessage } from "../errors.ts";
import { type Sighted, visibleMessage } from "./message-reads.ts";
import { type PageRow, pageOf, toPage } from "./messages.ts";

/** The most threads in the list of those that one follows. */
const THREADS_SHOWN_MAX = 100;

/** Proves that somebody may see a thread, also one whose root was deleted: what was answered stays. NOT_FOUND. */
async function visibleRoot(userId: string, rootId: string): Promise<Sighted> {
  const sighted = await visibleMessage(userId, rootId);
  if (sighted.threadRoot !== null) throw noSuchMessage();
  return sighted;
}

const THREAD_PAGE = {
  name: "thread-page",
  text: `select page.*, row_to_json(root) as root, coalesce(f.is_following, false) as is_following,
           coalesce(f.last_read_seq, 0) as last_read_seq
         from (${pageOf({ column: "m.thread_root", value: "$6::uuid", only: "m.thread_root is not null" })}) page
         cross join lateral (
           select ${MESSAGE_COLUMNS} from message m join "user" u on u.id = m.author_id where m.id = $6) root
         left join thread_follow f on f.user_id = $2 and f.root_id = $6`,
};

type ThreadRow = PageRow & { root: MessageRow; is_following: boolean; last_read_seq: number };

/** A thread's replies, oldest first, with its root. NOT_FOUND. */
export async function threadPage(
  userId: string,
  { rootId, before, limit }: z.output<typeof ThreadPageInput>,
): Promise<ThreadPage> {
  const { roomId } = await visibleRoot(userId, rootId);
  const values = [roomId, userId, before ?? THE_END, limit, 0, rootId];
  const [row] = (await pool().query<ThreadRow>({ ...THREAD_PAGE, values })).rows;
  if (!row) throw noSuchMessage();
  return {
    ...toPage(row),
    root: toMessage(row.root),
    isFollowing: row.is_following,
    lastReadSeq: row.last_read_seq,
  };
}

/** Follows a thread from here on, or no longer. Twice is once. NOT_FOUND. */
export async function followThread(userId: string, rootId: string, isOn: boolean): Promise<void> {
  const { roomId } = await visibleRoot(userId, rootId);
  await pool().query({
    name: "follow-thread",
    // As in a room that one joins: what was said before is not unread.
    text: `insert into thread_follow (root_id, user_id, room_id, is_following, last_read_seq, from_seq)
           select $1, $2, $3, $4, newest.seq, newest.seq
           from (select coalesce(max(seq), 0) as seq from message where thread_root = $1) newest
           on conflict (user_id, root_id) do update set is_following = excluded.is_following,
             last_read_seq = case when excluded.is_following and excluded.last_read_seq > thread_follow.last_read_seq
               then excluded.last_read_seq else thread_follow.last_read_seq end,
             from_seq = case when excluded.is_following and excluded.last_read_seq > thread_follow.last_read_seq
               then excluded.from_seq else thread_follow.from_seq end
           where thread_follow.is_following <> excluded.is_following`,
    values: [rootId, userId, roomId, isOn],
  });
}

/** Moves one's watermark in a thread forward, never back, and never past its end. Of a thread that one does not follow there is none. NOT_FOUND. */
export async function readThread(userId: string, rootId: string, seq: number): Promise<void> {
  await visibleRoot(userId, rootId);
  await pool().query({
    name: "read-thread",
    text: `update thread_follow f set last_read_seq = seen.seq
           from (select least($3::bigint, max(m.seq)) as seq from message m where m.thread_root = $1) seen
           where f.root_id = $1 and f.user_id = $2 and f.last_read_seq < seen.seq`,
    values: [rootId, userId, seq],
  });
}

const FOLLOWED = {
  name: "followed-threads",
  text: `
    with newest as materialized (
      select f.root_id, f.user_id, f.room_id, f.last_read_seq, last.id as last_id, last.created_at as last_at
      from thread_follow f
      join member k on k.room_id = f.room_id and k.user_id = f.user_id and k.left_at is null
      left join lateral (select m.id, m.created_at from message m
        where m.thread_root = f.root_id and m.deleted_at is null order by m.seq desc limit 1) last on true
      where f.user_id = $1 and f.is_following
      order by last_at desc nulls last, f.root_id limit ${THREADS_SHOWN_MAX})
    select f.room_id, row_to_json(root) as root, row_to_json(reply) as last, ${UNREAD_REPLIES} as unread
    from newest f
    cross join lateral (
      select ${MESSAGE_COLUMNS} from message m join "user" u on u.id = m.author_id where m.id = f.root_id) root
    left join lateral (
      select ${MESSAGE_COLUMNS} from message m join "user" u on u.id = m.author_id where m.id = f.last_id) reply on true
    order by f.last_at desc nulls last, f.root_id`,
};

type FollowedRow = { room_id: string; root: MessageRow; last: MessageRow | null; unread: number };

/** The threads that somebody follows, the one with the newest reply first; at most 100. */
export async function followedThreads(userId: string): Promise<FollowedThread[]> {
  const { rows } = await pool().query<FollowedRow>({ ...FOLLOWED, values: [userId] });
  return rows.map((row) => ({
    root: toMessage(row.root),
    roomId: row.room_id,
    unread: row.unread,
    last: row.last && toMessage(row.last),
  }));
}
