-- widen: whoever comes into a room, or begins to follow a thread, has a mark at its end, so that what was said before is not
-- unread. Nobody has seen it for that: where the mark was put without reading is kept, and receipts tell of what lies above.
-- Of those who came before this, nothing is known. Whoever comes again keeps how far they had come the last time (seen_seq).
alter table receipt add column from_seq bigint not null default 0;
alter table thread_follow add column from_seq bigint not null default 0;

create or replace function tg_member__begin_receipt() returns trigger language plpgsql as $$
begin
  insert into receipt (room_id, user_id, last_read_seq, last_delivered_seq, from_seq)
    select room.id, new.user_id, room.last_seq, room.last_seq, room.last_seq from room where room.id = new.room_id
    on conflict (room_id, user_id) do update set
      last_read_seq = greatest(receipt.last_read_seq, excluded.last_read_seq),
      last_delivered_seq = greatest(receipt.last_delivered_seq, excluded.last_delivered_seq),
      seen_seq = greatest(receipt.seen_seq, receipt.last_read_seq),
      from_seq = excluded.from_seq;
  return null;
end $$;

create or replace function tg_message__reach() returns trigger language plpgsql as $$
begin
  if not exists (select from changed where thread_root is not null or mentions is not null) then
    return null;
  end if;
  insert into thread_follow (root_id, user_id, room_id, last_read_seq, from_seq)
    select root_id, who, room_id, mark, mark
    from (select root.id as root_id, who, root.room_id, min(case when who = c.author_id then c.seq else 0 end) as mark
      from changed c join message root on root.id = c.thread_root cross join lateral (values (c.author_id), (root.author_id)) f (who)
      group by root.id, who) begun
    order by root_id, who
    on conflict do nothing;
  perform mention_people(array(select id from changed where mentions is not null order by id));
  update message set version = null where id in (select thread_root from changed where thread_root is not null);
  return null;
end $$;

create or replace function mention_people(ids uuid[]) returns void language plpgsql as $$
begin
  delete from mention where message_id = any(ids);
  -- Whether somebody is a member is asked one by one (a subquery, which the planner keeps): as a join it may begin with all the
  -- members of the room, at every "@ben".
  insert into mention (user_id, room_id, seq, message_id, thread_root)
    select wanted.user_id, m.room_id, m.seq, m.id, m.thread_root
    from message m
    cross join lateral (
      select id from "user" where username = any(string_to_array(m.mentions, ',')::citext[])
      union
      select everybody.user_id from member everybody
        where everybody.room_id = m.room_id and '*' = any(string_to_array(m.mentions, ',')) and may_mention_room(m.room_id, m.author_id)
    ) wanted (user_id)
    where m.id = any(ids) and m.mentions is not null and wanted.user_id <> m.author_id
      and (select left_at is null from member where member.room_id = m.room_id and member.user_id = wanted.user_id);
  insert into thread_follow (root_id, user_id, room_id, last_read_seq, from_seq)
    select thread_root, user_id, room_id, min(seq) - 1, min(seq) - 1 from mention where message_id = any(ids) and thread_root is not null
    group by thread_root, user_id, room_id order by thread_root, user_id
    on conflict do nothing;
end $$;
