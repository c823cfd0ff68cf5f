-- narrow: threads, quotes, pins, reactions, mentions, edit history. The send function takes more than it did: stop the
-- nodes of before first.

alter table message
  add column reply_to uuid,
  add column thread_root uuid,
  add column pinned_at timestamptz,
  add column pinned_by uuid,
  -- The usernames that the parser found in the body, between commas; "*" is @room. Null for none. The trigger below turns
  -- them into rows of `mention`, whoever writes them.
  add column mentions text,
  add constraint message_reply_to_fkey foreign key (reply_to) references message (id) on delete restrict on update restrict,
  add constraint message_thread_root_fkey foreign key (thread_root) references message (id) on delete restrict on update restrict,
  add constraint message_pinned_by_fkey foreign key (pinned_by) references "user" (id) on delete restrict on update restrict,
  add constraint message_pinned_by_somebody check ((pinned_at is null) = (pinned_by is null)),
  add constraint message_no_thread_in_thread check (thread_root is distinct from id);

-- A room's timeline and each thread are two orders over one counter. A partial index each costs a message no more than the
-- one index over both did, and a page of the timeline never wades through a long thread.
alter table message drop constraint message_room_seq_key;
create unique index message_room_seq_key on message (room_id, seq) where thread_root is null;
create unique index message_thread_seq_key on message (thread_root, seq) where thread_root is not null;
create index message_pinned_idx on message (room_id, pinned_at) where pinned_at is not null;

-- Somebody's wish to hear of a thread. Made by taking part in it; `is_following` false is a wish, too.
create table thread_follow (
  root_id uuid not null,
  user_id uuid not null,
  room_id uuid not null,
  is_following boolean not null default true,
  last_read_seq bigint not null default 0,
  constraint thread_follow_pkey primary key (user_id, root_id),
  constraint thread_follow_root_id_fkey foreign key (root_id) references message (id) on delete restrict on update restrict,
  constraint thread_follow_user_id_fkey foreign key (user_id) references "user" (id) on delete restrict on update restrict,
  constraint thread_follow_room_id_fkey foreign key (room_id) references room (id) on delete restrict on update restrict
);
create index thread_follow_room_idx on thread_follow (room_id, user_id) where is_following;

create table reaction (
  message_id uuid not null,
  user_id uuid not null,
  emoji text not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint reaction_pkey primary key (message_id, user_id, emoji),
  constraint reaction_message_id_fkey foreign key (message_id) references message (id) on delete restrict on update restrict,
  constraint reaction_user_id_fkey foreign key (user_id) references "user" (id) on delete restrict on update restrict,
  constraint reaction_emoji_length check (octet_length(emoji) between 1 and 64)
);

-- Whom a message calls. `seq` and `thread_root` are the message's, so that counting needs no other table but the tombstone.
create table mention (
  user_id uuid not null,
  room_id uuid not null,
  seq bigint not null,
  message_id uuid not null,
  thread_root uuid,
  constraint mention_pkey primary key (user_id, room_id, seq),
  constraint mention_message_id_fkey foreign key (message_id) references message (id) on delete restrict on update restrict,
  constraint mention_user_id_fkey foreign key (user_id) references "user" (id) on delete restrict on update restrict
);
create index mention_message_idx on mention (message_id);

-- What a message said before each edit. Written by the trigger, whoever edits.
create table message_edit (
  message_id uuid not null,
  version bigint not null,
  body text not null,
  written_at timestamptz not null,
  constraint message_edit_pkey primary key (message_id, version),
  constraint message_edit_message_id_fkey foreign key (message_id) references message (id) on delete restrict on update restrict
);

create table saved (
  user_id uuid not null,
  message_id uuid not null,
  saved_at timestamptz not null default now(),
  constraint saved_pkey primary key (user_id, message_id),
  constraint saved_user_id_fkey foreign key (user_id) references "user" (id) on delete restrict on update restrict,
  constraint saved_message_id_fkey foreign key (message_id) references message (id) on delete restrict on update restrict
);

drop trigger _200_take_number on message;
create trigger _200_take_number before update on message for each row
  when (new.version is null or (new.version = old.version
    and (old.kind, old.body, old.edited_at, old.deleted_at, old.pinned_at, old.reply_to)
      is distinct from (new.kind, new.body, new.edited_at, new.deleted_at, new.pinned_at, new.reply_to)))
  execute function tg_row__take_number();

drop trigger _100_keep_place on message;
create trigger _100_keep_place before update on message for each row
  when (new.seq <> old.seq or new.room_id <> old.room_id or new.version < old.version or new.thread_root is distinct from old.thread_root)
  execute function tg_row__keep_place();

-- What was first sent, hashed (R7). Of a message that answers nothing it is the hash of its body, as before. Of one that does
-- it begins with a byte that no text holds: no other body, however chosen, hashes to the same.
create function sent_hash(body text, reply_to uuid, thread_root uuid) returns uuid language sql immutable as $$
  select case when reply_to is null and thread_root is null then md5(body)
    else md5('\x00'::bytea || convert_to(coalesce(reply_to::text, '-') || coalesce(thread_root::text, '-') || body, 'UTF8'))
  end::uuid
$$;
create or replace function tg_message__take_place() returns trigger language plpgsql as $$
begin
  update room set version = version + 1, last_seq = version + 1 where id = new.room_id returning version into new.version;
  new.seq := new.version;
  new.sent := coalesce(new.sent, sent_hash(new.body, new.reply_to, new.thread_root));
  return new;
end $$;

-- Keeps what a message said, before it says something else.
create function tg_message__keep_edit() returns trigger language plpgsql as $$
begin
  insert into message_edit (message_id, version, body, written_at)
    values (old.id, old.version, old.body, coalesce(old.edited_at, old.created_at));
  return null;
end $$;
create trigger _300_keep_edit after update on message for each row
  when (old.body <> new.body) execute function tg_message__keep_edit();

-- A message reaches further than its own row: a reply changes what its root shows, makes its author and the root's follow
-- the thread, and a mention calls people. Bumping a root gives it a number: that is how an open room learns of it (R2).
create function tg_message__reach() returns trigger language plpgsql as $$
begin
  if not exists (select from changed where thread_root is not null or mentions is not null) then
    return null;
  end if;
  insert into thread_follow (root_id, user_id, room_id, last_read_seq)
    select root.id, who, root.room_id, min(case when who = c.author_id then c.seq else 0 end)
    from changed c join message root on root.id = c.thread_root cross join lateral (values (c.author_id), (root.author_id)) f (who)
    group by root.id, who order by root.id, who
    on conflict do nothing;
  perform mention_people(array(select id from changed where mentions is not null order by id));
  update message set version = null where id in (select thread_root from changed where thread_root is not null);
  return null;
end $$;
create trigger _300_reach after insert on message referencing new table as changed
  for each statement execute function tg_message__reach();

-- Whether somebody may call a whole room: "message.mention-room" of `can` in src/shared/can.ts, said once more, because whoever
-- writes a message calls (test: mentions.pg.test.ts, every role in every kind of room).
create function may_mention_room(called uuid, author uuid) returns boolean language sql stable as $$
  select exists (
    select from member join room on room.id = member.room_id join "user" on "user".id = member.user_id
    where member.room_id = called and member.user_id = author and member.left_at is null and room.archived_at is null
      and (room.kind <> 'channel' or member.role <> 'member' or "user".role <> 'member'))
$$;

-- Calls the members whom these messages name, anew; "*" is @room. Whoever is called in a thread follows it from there.
create function mention_people(ids uuid[]) returns void language plpgsql as $$
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
  insert into thread_follow (root_id, user_id, room_id, last_read_seq)
    select thread_root, user_id, room_id, min(seq) - 1 from mention where message_id = any(ids) and thread_root is not null
    group by thread_root, user_id, room_id order by thread_root, user_id
    on conflict do nothing;
end $$;

create function tg_message__mention_anew() returns trigger language plpgsql as $$
begin
  perform mention_people(array[new.id]);
  return null;
end $$;
create trigger _300_mention_anew after update on message for each row
  when (old.mentions is distinct from new.mentions) execute function tg_message__mention_anew();

-- A reply that is deleted leaves its root's count.
create function tg_message__bump_root() returns trigger language plpgsql as $$
begin
  update message set version = null where id = new.thread_root;
  return null;
end $$;
create trigger _300_bump_root after update on message for each row
  when (new.thread_root is not null and old.deleted_at is distinct from new.deleted_at)
  execute function tg_message__bump_root();

-- A reaction changes its message.
create function tg_reaction__bump_message() returns trigger language plpgsql as $$
begin
  update message set version = null where id in (select distinct message_id from changed);
  return null;
end $$;
create trigger _300_bump_message_insert after insert on reaction referencing new table as changed
  for each statement execute function tg_reaction__bump_message();
create trigger _300_bump_message_delete after delete on reaction referencing old table as changed
  for each statement execute function tg_reaction__bump_message();

-- What is one person's alone: the threads they follow, what they saved. Hint: f<user>.
create function tg_personal__announce() returns trigger language plpgsql as $$
begin
  perform announce(array_agg(distinct 'f' || user_id)) from changed;
  return null;
end $$;
create trigger _900_announce_insert after insert on thread_follow referencing new table as changed
  for each statement execute function tg_personal__announce();
create trigger _900_announce_update after update on thread_follow referencing new table as changed
  for each statement execute function tg_personal__announce();
create trigger _900_announce_insert after insert on saved referencing new table as changed
  for each statement execute function tg_personal__announce();
create trigger _900_announce_delete after delete on saved referencing old table as changed
  for each statement execute function tg_personal__announce();

-- What is unread, counted from an index in its order, `bound` rows at most. Postgres knows how long the average room is, and
-- not this one: in a room that is a thousand times longer, or one that holds most of the table, it would rather read all of it
-- and sort. So sorting and scanning are not allowed here, whatever it guesses (test: plans.pg.test.ts), nor planning anew for each room.
create function unread_messages(of_room uuid, reader uuid, above bigint, bound int) returns int language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
begin
  return (select count(*) from (
    select from message m where m.room_id = of_room and m.thread_root is null and m.seq > above
      and m.author_id <> reader and m.deleted_at is null and m.kind <> 'system'
    order by m.seq limit bound) counted);
end $$;
create function unread_replies(root uuid, reader uuid, above bigint, bound int) returns int language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
begin
  return (select count(*) from (
    select from message m where m.thread_root = root and m.seq > above and m.author_id <> reader and m.deleted_at is null
    order by m.seq limit bound) counted);
end $$;
create function unread_mentions(of_room uuid, reader uuid, above bigint, bound int) returns int language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return (select count(*) from (
    select from mention join message m on m.id = mention.message_id
    where mention.user_id = reader and mention.room_id = of_room and mention.seq > above
      and mention.thread_root is null and m.deleted_at is null
    order by mention.seq limit bound) counted);
end $$;

-- Sends many messages in one round trip and one commit. Called by src/server/realtime/send-queue.ts, in READ COMMITTED,
-- outside any other transaction. Arrays of equal length; answers one row for each, in their order:
--   outcome  new · repeat · CONFLICT · NOT_FOUND · NO_MESSAGE · ARCHIVED · TOO_LONG · TOO_MANY_REQUESTS
-- Two statements, and the second is the point: it has a snapshot that is newer than the locks. As one statement it
-- leaves holes, because it judges what it saw before it waited (test: order.pg.test.ts, "sends from two nodes").
-- Rooms are locked in id order before anything else, as everywhere (R1), allowances after them, in key order.
-- Its plan is cached by each connection. One that was made while the tables were nearly empty would scan them, for ever,
-- at every batch (11 ms grew to 30 ms at a hundred thousand messages); every lookup here has its index, so nothing else is allowed. And cached it must be: left to
-- itself Postgres plans anew at every call, which is most of the time of a lone send (2.3 ms, and 0.8 with the plan kept).
drop function message_send_batch(uuid[], uuid[], uuid[], uuid[], text[], int, int);
create function message_send_batch(
  rooms uuid[], authors uuid[], clients uuid[], ids uuid[], bodies text[], replies uuid[], roots uuid[], mentioned text[],
  max_length int, per_minute int
) returns table (outcome text, id uuid, seq bigint, version bigint, created_at timestamptz, retry_after_ms int)
language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  refill interval := interval '1 minute' / per_minute;
  moment timestamptz;
begin
  perform 1 from room where room.id = any(rooms) order by room.id for no key update;
  insert into allowance (key, tat)
    select distinct 'send:' || author, '-infinity'::timestamptz from unnest(authors) author order by 1 on conflict do nothing;
  perform 1 from allowance where key = any(select 'send:' || author from unnest(authors) author) order by key for update;
  moment := clock_timestamp();

  return query
  with asked as (
    select a.*, sent_hash(body, reply_to, thread_root) as sent, row_number() over (partition by author_id, client_id order by n) as nth
    from unnest(rooms, authors, clients, ids, bodies, replies, roots, mentioned) with ordinality
      a (room_id, author_id, client_id, id, body, reply_to, thread_root, mentions, n)
  ), judged as (
    -- Repeats are found before membership is judged: a lost answer is given again, also after a removal.
    select a.*, room.version as base, old.id as old_id, old.seq as old_seq, old.version as old_version, old.created_at as old_at,
      case
        when old.id is not null then case when old.room_id = a.room_id and old.sent = a.sent then 'repeat' else 'CONFLICT' end
        when a.nth > 1 then 'twin'
        when member.user_id is null then 'NOT_FOUND'
        when a.thread_root is not null and (root.room_id is distinct from a.room_id or root.thread_root is not null) then 'NO_MESSAGE'
        when a.reply_to is not null and quoted.room_id is distinct from a.room_id then 'NO_MESSAGE'
        when room.archived_at is not null then 'ARCHIVED'
        when length(a.body) > max_length then 'TOO_LONG'
        else 'good'
      end as verdict
    from asked a
    left join room on room.id = a.room_id
    left join member on member.room_id = a.room_id and member.user_id = a.author_id and member.left_at is null
    left join message old on old.author_id = a.author_id and old.client_id = a.client_id
    -- By their ids alone. With "and in this room" the plan of an empty table takes the room's index, and walks the whole room
    -- for each row of every batch.
    left join message root on root.id = a.thread_root
    left join message quoted on quoted.id = a.reply_to
  ), counted as (
    -- An allowance that was tidied away between the two statements is a full one.
    select j.*, greatest(coalesce(allowance.tat, moment), moment) as spent,
      row_number() over (partition by j.author_id, j.verdict order by j.n) as turn
    from judged j left join allowance on allowance.key = 'send:' || j.author_id
  ), limited as (
    select c.*, case when verdict <> 'good' then verdict
        when spent + refill * (turn - 1) - moment > refill * (per_minute - 1) then 'TOO_MANY_REQUESTS' else 'new' end as decision,
      ceil(extract(epoch from spent + refill * (turn - 1) - moment - refill * (per_minute - 1)) * 1000)::int as wait_ms
    from counted c
  ), placed as materialized (
    select l.*, case when decision = 'new' then
        base + count(*) filter (where decision = 'new') over (partition by room_id order by n) end as place
    from limited l
  ), bumped as (
    update room set version = top, last_seq = top
    from (select room_id, max(place) as top from placed where decision = 'new' group by room_id) p where room.id = p.room_id
  ), charged as (
    update allowance set tat = spent + refill * used
    from (select author_id, min(spent) as spent, count(*) as used from placed where decision = 'new' group by author_id) p
    where key = 'send:' || p.author_id
  ), written as (
    insert into message (id, room_id, seq, version, author_id, client_id, sent, body, reply_to, thread_root, mentions, created_at)
    select id, room_id, place, place, author_id, client_id, sent, body, reply_to, thread_root, mentions, moment
    from placed where decision = 'new' order by n
  )
  -- A twin answers with its first: the same row if it says the same, else a conflict, or the same refusal.
  select
    case when decision <> 'twin' then decision
      when first_value(decision) over pair <> 'new' then first_value(decision) over pair
      when first_value(room_id) over pair = room_id and first_value(sent) over pair = sent then 'repeat'
      else 'CONFLICT' end,
    coalesce(old_id, first_value(id) over pair),
    coalesce(old_seq, first_value(place) over pair),
    coalesce(old_version, first_value(place) over pair),
    coalesce(old_at, moment),
    greatest(first_value(wait_ms) over pair, 0)
  from placed window pair as (partition by author_id, client_id order by n) order by n;
end $$;
