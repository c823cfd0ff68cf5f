import type pg from "pg";

/** Among the last so many messages of a room, threads included, is looked for what names a newcomer. */
const LATELY = 50;
/** They are found by their numbers, which those that changed since have taken anew. */
const CHANGED_LATELY = 200;

/**
 * Calls whoever was just taken in by what named them lately, when nobody told them: it is a mention after all, and their
 * reading begins there, in the room or in the thread. Nothing that they may have read when they were in it before. What the
 * trigger does for members at every send (`mention_people`).
 */
export async function callNewcomers(tx: pg.PoolClient, roomId: string, userIds: string[]): Promise<void> {
  await tx.query(
    `with called as (
       insert into mention (user_id, room_id, seq, message_id, thread_root)
       select u.id, m.room_id, m.seq, m.id, m.thread_root
       from (select * from message where room_id = $1 order by version desc limit ${CHANGED_LATELY}) m
       join room on room.id = m.room_id and m.seq > room.last_seq - ${LATELY}
       join "user" u on u.id = any($2::uuid[]) and u.username = any(string_to_array(m.mentions, ',')::citext[])
       join receipt r on r.room_id = m.room_id and r.user_id = u.id and m.seq > r.seen_seq
       where m.deleted_at is null and m.author_id <> u.id
       on conflict do nothing returning user_id, seq, thread_root),
     followed as (
       insert into thread_follow (root_id, user_id, room_id, last_read_seq, from_seq)
       select thread_root, user_id, $1, min(seq) - 1, min(seq) - 1 from called where thread_root is not null
       group by thread_root, user_id on conflict do nothing)
     update receipt r set last_read_seq = first.seq - 1, last_delivered_seq = first.seq - 1, from_seq = first.seq - 1
     from (select user_id, min(seq) as seq from called where thread_root is null group by user_id) first
     where r.room_id = $1 and r.user_id = first.user_id`,
    [roomId, userIds],
  );
}
