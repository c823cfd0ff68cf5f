-- What the migrations make of an empty database. Written by `npm run db:dump` and held to them by `npm test`:
-- for reading and review, never run. Sorted by name.

-- Extensions

create extension citext;

-- Types

create type member_role as enum ('owner', 'moderator', 'member');

create type message_kind as enum ('text', 'system');

create type notification_level as enum ('all', 'mentions', 'nothing');

create type room_kind as enum ('channel', 'group', 'direct');

create type room_visibility as enum ('public', 'private');

create type user_role as enum ('admin', 'moderator', 'member');

-- Tables

create unlogged table allowance (
  key text not null,
  tat timestamp with time zone not null,
  constraint allowance_pkey PRIMARY KEY (key)
) with (fillfactor=50);

create table instance (
  is_only boolean not null default true,
  epoch uuid not null default gen_random_uuid(),
  auth_secret text not null default ((gen_random_uuid())::text || (gen_random_uuid())::text),
  constraint instance_is_one CHECK (is_only),
  constraint instance_pkey PRIMARY KEY (is_only)
);

create table member (
  room_id uuid not null,
  user_id uuid not null,
  role member_role not null default 'member'::member_role,
  joined_at timestamp with time zone not null default now(),
  left_at timestamp with time zone,
  version bigint not null,
  level notification_level not null default 'all'::notification_level,
  is_favourite boolean not null default false,
  constraint member_pkey PRIMARY KEY (room_id, user_id),
  constraint member_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint member_room_version_key UNIQUE (room_id, version),
  constraint member_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT
);

create table mention (
  user_id uuid not null,
  room_id uuid not null,
  seq bigint not null,
  message_id uuid not null,
  thread_root uuid,
  constraint mention_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint mention_pkey PRIMARY KEY (user_id, room_id, seq),
  constraint mention_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT
);

create table message (
  id uuid not null default gen_random_uuid(),
  room_id uuid not null,
  seq bigint not null,
  version bigint not null,
  author_id uuid not null,
  client_id uuid not null default gen_random_uuid(),
  sent uuid not null,
  kind message_kind not null default 'text'::message_kind,
  body text not null,
  created_at timestamp with time zone not null default now(),
  edited_at timestamp with time zone,
  deleted_at timestamp with time zone,
  reply_to uuid,
  thread_root uuid,
  pinned_at timestamp with time zone,
  pinned_by uuid,
  mentions text,
  constraint message_author_client_id_key UNIQUE (author_id, client_id),
  constraint message_author_id_fkey FOREIGN KEY (author_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint message_body_present CHECK (((deleted_at IS NOT NULL) OR (body ~ '\S'::text))),
  constraint message_no_thread_in_thread CHECK ((thread_root IS DISTINCT FROM id)),
  constraint message_pinned_by_fkey FOREIGN KEY (pinned_by) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint message_pinned_by_somebody CHECK (((pinned_at IS NULL) = (pinned_by IS NULL))),
  constraint message_pkey PRIMARY KEY (id),
  constraint message_reply_to_fkey FOREIGN KEY (reply_to) REFERENCES message(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint message_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint message_room_version_key UNIQUE (room_id, version),
  constraint message_thread_root_fkey FOREIGN KEY (thread_root) REFERENCES message(id) ON UPDATE RESTRICT ON DELETE RESTRICT
);

create table message_edit (
  message_id uuid not null,
  version bigint not null,
  body text not null,
  written_at timestamp with time zone not null,
  constraint message_edit_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint message_edit_pkey PRIMARY KEY (message_id, version)
);

create unlogged table node (
  id uuid not null,
  seen_at timestamp with time zone not null,
  constraint node_pkey PRIMARY KEY (id)
);

create unlogged table node_report (
  node_id uuid not null,
  reported_at timestamp with time zone not null,
  stopped_at timestamp with time zone,
  report json not null,
  minutes json not null,
  constraint node_report_pkey PRIMARY KEY (node_id)
);

create unlogged table presence (
  node_id uuid not null,
  user_id uuid not null,
  is_away boolean not null default false,
  constraint presence_node_id_fkey FOREIGN KEY (node_id) REFERENCES node(id) ON UPDATE RESTRICT ON DELETE CASCADE,
  constraint presence_pkey PRIMARY KEY (user_id, node_id)
);

create table reaction (
  message_id uuid not null,
  user_id uuid not null,
  emoji text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint reaction_emoji_length CHECK (((octet_length(emoji) >= 1) AND (octet_length(emoji) <= 64))),
  constraint reaction_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint reaction_pkey PRIMARY KEY (message_id, user_id, emoji),
  constraint reaction_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT
);

create table receipt (
  room_id uuid not null,
  user_id uuid not null,
  last_read_seq bigint not null default 0,
  last_delivered_seq bigint not null default 0,
  read_at timestamp with time zone,
  delivered_at timestamp with time zone,
  seen_seq bigint not null default 0,
  from_seq bigint not null default 0,
  constraint receipt_pkey PRIMARY KEY (room_id, user_id),
  constraint receipt_read_is_delivered CHECK ((last_read_seq <= last_delivered_seq)),
  constraint receipt_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint receipt_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT
);

create table room (
  id uuid not null default gen_random_uuid(),
  kind room_kind not null default 'channel'::room_kind,
  visibility room_visibility not null default 'public'::room_visibility,
  slug citext,
  title text not null default ''::text,
  topic text not null default ''::text,
  is_lobby boolean not null default false,
  direct_key text,
  version bigint not null default 0,
  last_seq bigint not null default 0,
  settings_version bigint not null default 0,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  archived_at timestamp with time zone,
  constraint room_counters CHECK (((last_seq <= version) AND (settings_version <= version))),
  constraint room_created_by_fkey FOREIGN KEY (created_by) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint room_direct_has_key CHECK (((kind = 'direct'::room_kind) = (direct_key IS NOT NULL))),
  constraint room_direct_key_key UNIQUE (direct_key),
  constraint room_pkey PRIMARY KEY (id),
  constraint room_slug_key UNIQUE (slug)
);

create table saved (
  user_id uuid not null,
  message_id uuid not null,
  saved_at timestamp with time zone not null default now(),
  constraint saved_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint saved_pkey PRIMARY KEY (user_id, message_id),
  constraint saved_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT
);

create table session (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  token_hash bytea not null,
  user_agent text not null default ''::text,
  address text not null default ''::text,
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_hash_key UNIQUE (token_hash),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT
);

create table thread_follow (
  root_id uuid not null,
  user_id uuid not null,
  room_id uuid not null,
  is_following boolean not null default true,
  last_read_seq bigint not null default 0,
  from_seq bigint not null default 0,
  constraint thread_follow_pkey PRIMARY KEY (user_id, root_id),
  constraint thread_follow_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint thread_follow_root_id_fkey FOREIGN KEY (root_id) REFERENCES message(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint thread_follow_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT
);

create table "user" (
  id uuid not null default gen_random_uuid(),
  username citext not null,
  display_name text not null,
  password_hash text,
  role user_role not null default 'member'::user_role,
  created_at timestamp with time zone not null default now(),
  deactivated_at timestamp with time zone,
  avatar_hue smallint,
  avatar_initials text,
  status_emoji text not null default ''::text,
  status_text text not null default ''::text,
  status_until timestamp with time zone,
  last_seen_at timestamp with time zone,
  constraint user_avatar_hue CHECK (((avatar_hue >= 0) AND (avatar_hue <= 359))),
  constraint user_avatar_initials CHECK (((length(avatar_initials) >= 1) AND (length(avatar_initials) <= 2))),
  constraint user_display_name_present CHECK ((display_name ~ '\S'::text)),
  constraint user_pkey PRIMARY KEY (id),
  constraint user_status_length CHECK (((length(status_text) <= 100) AND (length(status_emoji) <= 32))),
  constraint user_username_key UNIQUE (username),
  constraint user_username_shape CHECK (((username)::text ~ '^[a-z0-9][a-z0-9._-]{1,31}$'::text))
);

-- Indexes

CREATE INDEX member_user_id_idx ON public.member USING btree (user_id);

CREATE INDEX mention_message_idx ON public.mention USING btree (message_id);

CREATE INDEX mention_thread_idx ON public.mention USING btree (user_id, thread_root, seq) WHERE (thread_root IS NOT NULL);

CREATE INDEX message_pinned_idx ON public.message USING btree (room_id, pinned_at) WHERE (pinned_at IS NOT NULL);

CREATE UNIQUE INDEX message_room_seq_key ON public.message USING btree (room_id, seq) WHERE (thread_root IS NULL);

CREATE UNIQUE INDEX message_thread_seq_key ON public.message USING btree (thread_root, seq) WHERE (thread_root IS NOT NULL);

CREATE INDEX presence_node_idx ON public.presence USING btree (node_id);

CREATE UNIQUE INDEX room_one_lobby ON public.room USING btree (is_lobby) WHERE is_lobby;

CREATE INDEX session_revoked_at_idx ON public.session USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);

CREATE INDEX session_user_id_idx ON public.session USING btree (user_id);

CREATE INDEX thread_follow_room_idx ON public.thread_follow USING btree (room_id, user_id) WHERE is_following;

-- Functions

CREATE OR REPLACE FUNCTION public.allowance_take(bucket text, burst integer, refill interval)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare moment timestamptz := clock_timestamp(); spent timestamptz;
begin
  insert into allowance (key, tat) values (bucket, '-infinity') on conflict do nothing;
  select greatest(tat, moment) into spent from allowance where key = bucket for update;
  if spent - moment > refill * (burst - 1) then
    return ceil(extract(epoch from spent - moment - refill * (burst - 1)) * 1000);
  end if;
  update allowance set tat = spent + refill where key = bucket;
  return 0;
end $function$;

CREATE OR REPLACE FUNCTION public.announce(hints text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  for start in 1..coalesce(cardinality(hints), 0) by 90 loop
    perform pg_notify('earshot', array_to_string(hints[start:start + 89], ','));
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION public.feed_epoch()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select left(md5(concat_ws('/',
    (select epoch from instance),
    (select system_identifier from pg_control_system()),
    left(pg_walfile_name(pg_current_wal_lsn()), 8),
    (select oid from pg_database where datname = current_database()))), 12)
$function$;

CREATE OR REPLACE FUNCTION public.is_called_in(root uuid, reader uuid, above bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_sort TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
begin
  return exists (select from mention join message m on m.id = mention.message_id
    where mention.user_id = reader and mention.thread_root = root and mention.seq > above and m.deleted_at is null);
end $function$;

CREATE OR REPLACE FUNCTION public.may_mention_room(called uuid, author uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (
    select from member join room on room.id = member.room_id join "user" on "user".id = member.user_id
    where member.room_id = called and member.user_id = author and member.left_at is null and room.archived_at is null
      and (room.kind <> 'channel' or member.role <> 'member' or "user".role <> 'member'))
$function$;

CREATE OR REPLACE FUNCTION public.mention_people(ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.message_send_batch(rooms uuid[], authors uuid[], clients uuid[], ids uuid[], bodies text[], replies uuid[], roots uuid[], mentioned text[], max_length integer, per_minute integer)
 RETURNS TABLE(outcome text, id uuid, seq bigint, version bigint, created_at timestamp with time zone, retry_after_ms integer, username text, display_name text)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
#variable_conflict use_column
declare
  refill constant interval := interval '1 minute' / per_minute;
  burst constant interval := refill * (per_minute - 1);
  moment timestamptz;
  -- The locked rooms with their counters, and the allowances: until when each is spent, and how long its line would be.
  locked uuid[]; archived boolean[]; tops bigint[];
  keys text[]; spent timestamptz[]; lines timestamptz[];
  line timestamptz;
  one record;
  misplaced int[];
  place bigint;
  places bigint[] := '{}';
begin
  select array_agg(room.id), array_agg(room.archived_at is not null), array_agg(room.version) into locked, archived, tops
    from (select id, archived_at, version from room where id = any(rooms) order by id for no key update) room;
  loop
    select coalesce(array_agg(key), '{}'), array_agg(tat) into keys, spent
      from (select key, tat from allowance where key = any(array(select 'send:' || author from unnest(authors) author)) order by key for update) allowance;
    -- Everybody has one: at once where everybody sends once, else counted.
    exit when cardinality(keys) = cardinality(authors);
    exit when cardinality(keys) = (select count(distinct author) from unnest(authors) author);
    insert into allowance (key, tat)
      select distinct 'send:' || author, '-infinity'::timestamptz from unnest(authors) author order by 1 on conflict do nothing;
  end loop;
  lines := spent;
  moment := clock_timestamp();

  if array_remove(replies || roots, null) <> '{}' then
    select array_agg(n) into misplaced from generate_subscripts(rooms, 1) n
      left join message root on root.id = roots[n] left join message quoted on quoted.id = replies[n]
      where roots[n] is not null and (root.room_id is distinct from rooms[n] or root.thread_root is not null)
        or replies[n] is not null and quoted.room_id is distinct from rooms[n];
  end if;

  for one in
    select n, array_position(locked, rooms[n]) as room, array_position(keys, 'send:' || authors[n]) as bucket,
      author.username::text, author.display_name, old.id, old.seq, old.version, old.created_at,
      -- Repeats are found before membership is judged: a lost answer is given again, also after a removal.
      case
        when old.id is not null then
          case when old.room_id = rooms[n] and old.sent = sent_hash(bodies[n], replies[n], roots[n]) then 'repeat' else 'CONFLICT' end
        when member.user_id is null then 'NOT_FOUND'
        when n = any(misplaced) then 'NO_MESSAGE'
        when archived[array_position(locked, rooms[n])] then 'ARCHIVED'
        when length(bodies[n]) > max_length then 'TOO_LONG'
        else 'good'
      end as verdict
    from generate_subscripts(rooms, 1) n
    left join "user" author on author.id = authors[n]
    left join member on member.room_id = rooms[n] and member.user_id = authors[n] and member.left_at is null
    left join message old on old.author_id = authors[n] and old.client_id = clients[n]
    order by n
  loop
    outcome := one.verdict; retry_after_ms := 0; place := null;
    id := one.id; seq := one.seq; version := one.version; created_at := one.created_at;
    username := null; display_name := null;
    if one.verdict = 'good' then
      -- Who is over the rate takes nothing, but stands in line: the third one over it is told to wait the longest.
      line := greatest(lines[one.bucket], moment);
      lines[one.bucket] := line + refill;
      if line - moment > burst then
        outcome := 'TOO_MANY_REQUESTS';
        retry_after_ms := least(ceil(extract(epoch from line - moment - burst) * 1000), 2147483647);
      else
        spent[one.bucket] := line + refill;
        place := tops[one.room] + 1;
        tops[one.room] := place;
        outcome := 'new'; id := ids[one.n]; seq := place; version := place; created_at := moment;
        username := one.username; display_name := one.display_name;
      end if;
    end if;
    places := places || place;
    return next;
  end loop;

  update room set version = top, last_seq = top
    from unnest(locked, tops) counted (id, top) where room.id = counted.id and room.version < top;
  update allowance set tat = charged.tat
    from unnest(keys, spent) charged (key, tat) where allowance.key = charged.key and allowance.tat <> charged.tat;
  insert into message (id, room_id, seq, version, author_id, client_id, sent, body, reply_to, thread_root, mentions, created_at)
    select ids[n], rooms[n], places[n], places[n], authors[n], clients[n], sent_hash(bodies[n], replies[n], roots[n]), bodies[n],
      replies[n], roots[n], mentioned[n], moment
    from generate_subscripts(places, 1) n where places[n] is not null;
  return query select 'revoked', session.id, null::bigint, null::bigint, null::timestamptz, null::int, null, null
    from session where revoked_at > now() - interval '1 minute';
end $function$;

CREATE OR REPLACE FUNCTION public.node_renew(node_id uuid, lease interval)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare is_new boolean;
begin
  delete from node where id in (
    select id from node where seen_at < clock_timestamp() - lease and id <> node_id order by id for update skip locked);
  insert into node (id, seen_at) values (node_id, clock_timestamp())
    on conflict (id) do update set seen_at = excluded.seen_at returning xmax = 0 into is_new;
  return is_new;
end $function$;

CREATE OR REPLACE FUNCTION public.node_report(reporter uuid, news json, hour json)
 RETURNS TABLE(moment timestamp with time zone, lock_waiters integer, queue_usage double precision)
 LANGUAGE plpgsql
AS $function$
begin
  delete from node_report where node_id in (
    select node_id from node_report where reported_at < clock_timestamp() - interval '1 hour' order by node_id for update skip locked);
  insert into node_report (node_id, reported_at, report, minutes) values (reporter, clock_timestamp(), news, coalesce(hour, '[]'))
    on conflict (node_id) do update set reported_at = excluded.reported_at, report = excluded.report,
      minutes = case when hour is null then node_report.minutes else excluded.minutes end;
  return query select clock_timestamp(), p.lock_waiters, p.queue_usage from notify_pressure() p;
end $function$;

CREATE OR REPLACE FUNCTION public.notify_pressure()
 RETURNS TABLE(lock_waiters integer, queue_usage double precision)
 LANGUAGE sql
AS $function$
  select (select count(*)::int from pg_locks
    where locktype = 'object' and database = 0 and classid = 'pg_database'::regclass and objid = 0 and not granted),
    pg_notification_queue_usage()
$function$;

CREATE OR REPLACE FUNCTION public.presence_report(reporter uuid, users uuid[], states text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  delete from presence where node_id = reporter and user_id in
    (select u from unnest(users, states) r (u, state) where state = 'offline');
  insert into presence (node_id, user_id, is_away)
    select reporter, u, state = 'away' from unnest(users, states) r (u, state) where state <> 'offline' order by u
    on conflict (user_id, node_id) do update set is_away = excluded.is_away where presence.is_away <> excluded.is_away;
end $function$;

CREATE OR REPLACE FUNCTION public.receipt_advance(rooms uuid[], users uuid[], reads bigint[], deliveries bigint[])
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into receipt (room_id, user_id, last_read_seq, last_delivered_seq, read_at, delivered_at)
    select room.id, member.user_id, least(max(seen), room.last_seq), least(greatest(max(seen), max(given)), room.last_seq),
      case when max(seen) > 0 then now() end, now()
    from unnest(rooms, users, reads, deliveries) asked (room_id, user_id, seen, given)
    join room on room.id = asked.room_id
    join member on member.room_id = asked.room_id and member.user_id = asked.user_id and member.left_at is null
    group by room.id, member.user_id order by room.id, member.user_id
    on conflict (room_id, user_id) do update set
      last_read_seq = greatest(receipt.last_read_seq, excluded.last_read_seq),
      last_delivered_seq = greatest(receipt.last_delivered_seq, excluded.last_delivered_seq),
      read_at = case when excluded.last_read_seq > greatest(receipt.last_read_seq, receipt.seen_seq) then excluded.read_at
        else receipt.read_at end,
      delivered_at = case when excluded.last_delivered_seq > receipt.last_delivered_seq then excluded.delivered_at else receipt.delivered_at end
    where excluded.last_read_seq > receipt.last_read_seq or excluded.last_delivered_seq > receipt.last_delivered_seq
$function$;

CREATE OR REPLACE FUNCTION public.sent_hash(body text, reply_to uuid, thread_root uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select case when reply_to is null and thread_root is null then md5(body)
    else md5('\x00'::bytea || convert_to(coalesce(reply_to::text, '-') || coalesce(thread_root::text, '-') || body, 'UTF8'))
  end::uuid
$function$;

CREATE OR REPLACE FUNCTION public.tg_member__announce_people()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    perform announce(array_agg(distinct 'u' || user_id)) from changed;
  else
    perform announce(array_agg(distinct 'u' || user_id)) from (select user_id, version from changed except select user_id, version from was) numbered;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_member__announce_preference()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform announce(array['u' || new.user_id]);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_member__begin_receipt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into receipt (room_id, user_id, last_read_seq, last_delivered_seq, from_seq)
    select room.id, new.user_id, room.last_seq, room.last_seq, room.last_seq from room where room.id = new.room_id
    on conflict (room_id, user_id) do update set
      last_read_seq = greatest(receipt.last_read_seq, excluded.last_read_seq),
      last_delivered_seq = greatest(receipt.last_delivered_seq, excluded.last_delivered_seq),
      seen_seq = greatest(receipt.seen_seq, receipt.last_read_seq),
      from_seq = excluded.from_seq;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_member__stay_ended()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a membership that ended can only begin anew' using errcode = '23514';
end $function$;

CREATE OR REPLACE FUNCTION public.tg_message__bump_root()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update message set version = null where id = new.thread_root;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_message__keep_edit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into message_edit (message_id, version, body, written_at)
    values (old.id, old.version, old.body, coalesce(old.edited_at, old.created_at));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_message__mention_anew()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform mention_people(array[new.id]);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_message__reach()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.tg_message__take_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update room set version = version + 1, last_seq = version + 1 where id = new.room_id returning version into new.version;
  new.seq := new.version;
  new.sent := coalesce(new.sent, sent_hash(new.body, new.reply_to, new.thread_root));
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_personal__announce()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform announce(array_agg(distinct 'f' || user_id)) from changed;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_presence__announce()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform announce(array_agg(distinct 'o' || user_id)) from changed;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_presence__remember()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform 1 from "user" where id in (select user_id from changed) order by id for no key update;
  update "user" set last_seen_at = clock_timestamp()
    where id in (select user_id from changed) and not exists (select from presence where presence.user_id = "user".id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_reaction__bump_message()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update message set version = null where id in (select distinct message_id from changed);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_receipt__announce()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    perform announce(array_agg(format('w%s:%s', room_id, user_id))) from changed;
  else
    perform announce(array_agg(format('%s%s:%s', case when changed.last_read_seq = was.last_read_seq then 'd' else 'w' end,
      changed.room_id, changed.user_id))) from changed join was using (room_id, user_id);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_room__announce_settings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform announce(array[format('r%s:%s-%s', new.id, new.settings_version, new.settings_version), 't' || new.id]);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_room__number_settings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.version := new.version + 1;
  new.settings_version := new.version;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_row__announce()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare hints text[]; is_above boolean;
begin
  if tg_op = 'INSERT' then
    select array_agg(format('r%s:%s-%s', room_id, low, high)), bool_or(high > room.version) into hints, is_above
    from (select room_id, min(version) as low, max(version) as high from changed group by room_id) c join room on room.id = room_id;
  else
    select array_agg(format('r%s:%s-%s', room_id, low, high)), bool_or(high > room.version) into hints, is_above
    from (select room_id, min(version) as low, max(version) as high
          from (select room_id, version from changed except select room_id, version from was) numbered group by room_id) c
    join room on room.id = room_id;
  end if;
  if is_above then
    raise exception 'a row is numbered above its room' using errcode = '23514';
  end if;
  perform announce(hints);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_row__keep_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a row keeps its room and its place, and its version only grows' using errcode = '23514';
end $function$;

CREATE OR REPLACE FUNCTION public.tg_row__refuse_delete()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'rows of % are ended, not deleted', tg_table_name using errcode = '23514';
end $function$;

CREATE OR REPLACE FUNCTION public.tg_row__take_number()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update room set version = version + 1 where id = new.room_id returning version into new.version;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_session__announce_revoked()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform announce(array_agg('s' || changed.id)) from changed join was using (id)
    where was.revoked_at is null and changed.revoked_at is not null;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_user__announce_profile()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform announce(array['p' || new.id]);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.tg_user__revoke_sessions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update session set revoked_at = clock_timestamp() where user_id = new.id and revoked_at is null
    and (new.deactivated_at is not null or id::text is distinct from current_setting('app.session_id', true));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.unread_mentions(of_room uuid, reader uuid, above bigint, bound integer)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_sort TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
begin
  return (select count(*) from (
    select from mention join message m on m.id = mention.message_id
    where mention.user_id = reader and mention.room_id = of_room and mention.seq > above
      and mention.thread_root is null and m.deleted_at is null
    order by mention.seq limit bound) counted);
end $function$;

CREATE OR REPLACE FUNCTION public.unread_messages(of_room uuid, reader uuid, above bigint, bound integer)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_sort TO 'off'
AS $function$
begin
  return (select count(*) from (
    select from message m where m.room_id = of_room and m.thread_root is null and m.seq > above
      and m.author_id <> reader and m.deleted_at is null and m.kind <> 'system'
    order by m.seq limit bound) counted);
end $function$;

CREATE OR REPLACE FUNCTION public.unread_replies(root uuid, reader uuid, above bigint, bound integer)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_sort TO 'off'
AS $function$
begin
  return (select count(*) from (
    select from message m where m.thread_root = root and m.seq > above and m.author_id <> reader and m.deleted_at is null
    order by m.seq limit bound) counted);
end $function$;

-- Triggers

CREATE TRIGGER _100_keep_place BEFORE UPDATE ON member FOR EACH ROW WHEN (new.room_id <> old.room_id OR new.version < old.version) EXECUTE FUNCTION tg_row__keep_place();

CREATE TRIGGER _100_refuse_delete BEFORE DELETE ON member FOR EACH STATEMENT EXECUTE FUNCTION tg_row__refuse_delete();

CREATE TRIGGER _100_stay_ended BEFORE UPDATE ON member FOR EACH ROW WHEN (old.left_at IS NOT NULL AND new.left_at IS NOT NULL AND (old.role IS DISTINCT FROM new.role OR old.joined_at IS DISTINCT FROM new.joined_at OR old.left_at IS DISTINCT FROM new.left_at)) EXECUTE FUNCTION tg_member__stay_ended();

CREATE TRIGGER _200_take_number_insert BEFORE INSERT ON member FOR EACH ROW WHEN (new.version IS NULL) EXECUTE FUNCTION tg_row__take_number();

CREATE TRIGGER _200_take_number_update BEFORE UPDATE ON member FOR EACH ROW WHEN (new.version IS NULL OR new.version = old.version AND (old.role IS DISTINCT FROM new.role OR old.joined_at IS DISTINCT FROM new.joined_at OR old.left_at IS DISTINCT FROM new.left_at)) EXECUTE FUNCTION tg_row__take_number();

CREATE TRIGGER _300_begin_receipt_insert AFTER INSERT ON member FOR EACH ROW WHEN (new.left_at IS NULL) EXECUTE FUNCTION tg_member__begin_receipt();

CREATE TRIGGER _300_begin_receipt_update AFTER UPDATE ON member FOR EACH ROW WHEN (old.left_at IS NOT NULL AND new.left_at IS NULL) EXECUTE FUNCTION tg_member__begin_receipt();

CREATE TRIGGER _900_announce_insert AFTER INSERT ON member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_row__announce();

CREATE TRIGGER _900_announce_update AFTER UPDATE ON member REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_row__announce();

CREATE TRIGGER _910_announce_people_insert AFTER INSERT ON member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_member__announce_people();

CREATE TRIGGER _910_announce_people_update AFTER UPDATE ON member REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_member__announce_people();

CREATE TRIGGER _920_announce_preference AFTER UPDATE ON member FOR EACH ROW WHEN (old.level IS DISTINCT FROM new.level OR old.is_favourite IS DISTINCT FROM new.is_favourite) EXECUTE FUNCTION tg_member__announce_preference();

CREATE TRIGGER _100_keep_place BEFORE UPDATE ON message FOR EACH ROW WHEN (new.seq <> old.seq OR new.room_id <> old.room_id OR new.version < old.version OR new.thread_root IS DISTINCT FROM old.thread_root) EXECUTE FUNCTION tg_row__keep_place();

CREATE TRIGGER _100_refuse_delete BEFORE DELETE ON message FOR EACH STATEMENT EXECUTE FUNCTION tg_row__refuse_delete();

CREATE TRIGGER _200_take_number BEFORE UPDATE ON message FOR EACH ROW WHEN (new.version IS NULL OR new.version = old.version AND (old.kind IS DISTINCT FROM new.kind OR old.body IS DISTINCT FROM new.body OR old.edited_at IS DISTINCT FROM new.edited_at OR old.deleted_at IS DISTINCT FROM new.deleted_at OR old.pinned_at IS DISTINCT FROM new.pinned_at OR old.reply_to IS DISTINCT FROM new.reply_to)) EXECUTE FUNCTION tg_row__take_number();

CREATE TRIGGER _200_take_place BEFORE INSERT ON message FOR EACH ROW WHEN (new.version IS NULL) EXECUTE FUNCTION tg_message__take_place();

CREATE TRIGGER _300_bump_root AFTER UPDATE ON message FOR EACH ROW WHEN (new.thread_root IS NOT NULL AND old.deleted_at IS DISTINCT FROM new.deleted_at) EXECUTE FUNCTION tg_message__bump_root();

CREATE TRIGGER _300_keep_edit AFTER UPDATE ON message FOR EACH ROW WHEN (old.body <> new.body) EXECUTE FUNCTION tg_message__keep_edit();

CREATE TRIGGER _300_mention_anew AFTER UPDATE ON message FOR EACH ROW WHEN (old.mentions IS DISTINCT FROM new.mentions) EXECUTE FUNCTION tg_message__mention_anew();

CREATE TRIGGER _300_reach AFTER INSERT ON message REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_message__reach();

CREATE TRIGGER _900_announce_insert AFTER INSERT ON message REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_row__announce();

CREATE TRIGGER _900_announce_update AFTER UPDATE ON message REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_row__announce();

CREATE TRIGGER _300_remember AFTER DELETE ON presence REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_presence__remember();

CREATE TRIGGER _900_announce_delete AFTER DELETE ON presence REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_presence__announce();

CREATE TRIGGER _900_announce_insert AFTER INSERT ON presence REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_presence__announce();

CREATE TRIGGER _900_announce_update AFTER UPDATE ON presence REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_presence__announce();

CREATE TRIGGER _300_bump_message_delete AFTER DELETE ON reaction REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_reaction__bump_message();

CREATE TRIGGER _300_bump_message_insert AFTER INSERT ON reaction REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_reaction__bump_message();

CREATE TRIGGER _900_announce_insert AFTER INSERT ON receipt REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_receipt__announce();

CREATE TRIGGER _900_announce_update AFTER UPDATE ON receipt REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_receipt__announce();

CREATE TRIGGER _100_keep_place BEFORE UPDATE ON room FOR EACH ROW WHEN (new.version < old.version OR new.last_seq < old.last_seq OR new.settings_version < old.settings_version) EXECUTE FUNCTION tg_row__keep_place();

CREATE TRIGGER _200_number_settings_insert BEFORE INSERT ON room FOR EACH ROW WHEN (new.settings_version = 0) EXECUTE FUNCTION tg_room__number_settings();

CREATE TRIGGER _200_number_settings_update BEFORE UPDATE OF kind, visibility, slug, title, topic, archived_at ON room FOR EACH ROW WHEN (old.kind IS DISTINCT FROM new.kind OR old.visibility IS DISTINCT FROM new.visibility OR old.slug IS DISTINCT FROM new.slug OR old.title IS DISTINCT FROM new.title OR old.topic IS DISTINCT FROM new.topic OR old.archived_at IS DISTINCT FROM new.archived_at) EXECUTE FUNCTION tg_room__number_settings();

CREATE TRIGGER _900_announce_settings AFTER UPDATE OF kind, visibility, slug, title, topic, archived_at, settings_version ON room FOR EACH ROW WHEN (old.settings_version IS DISTINCT FROM new.settings_version) EXECUTE FUNCTION tg_room__announce_settings();

CREATE TRIGGER _900_announce_delete AFTER DELETE ON saved REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_personal__announce();

CREATE TRIGGER _900_announce_insert AFTER INSERT ON saved REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_personal__announce();

CREATE TRIGGER _900_announce_revoked AFTER UPDATE ON session REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_session__announce_revoked();

CREATE TRIGGER _900_announce_insert AFTER INSERT ON thread_follow REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_personal__announce();

CREATE TRIGGER _900_announce_update AFTER UPDATE ON thread_follow REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_personal__announce();

CREATE TRIGGER _300_revoke_sessions AFTER UPDATE ON "user" FOR EACH ROW WHEN (old.deactivated_at IS NULL AND new.deactivated_at IS NOT NULL OR old.password_hash IS DISTINCT FROM new.password_hash) EXECUTE FUNCTION tg_user__revoke_sessions();

CREATE TRIGGER _900_announce_profile_insert AFTER INSERT ON "user" FOR EACH ROW EXECUTE FUNCTION tg_user__announce_profile();

CREATE TRIGGER _900_announce_profile_update AFTER UPDATE ON "user" FOR EACH ROW WHEN (old.username IS DISTINCT FROM new.username OR old.display_name IS DISTINCT FROM new.display_name OR old.role IS DISTINCT FROM new.role OR old.avatar_hue IS DISTINCT FROM new.avatar_hue OR old.avatar_initials IS DISTINCT FROM new.avatar_initials OR old.status_emoji IS DISTINCT FROM new.status_emoji OR old.status_text IS DISTINCT FROM new.status_text OR old.status_until IS DISTINCT FROM new.status_until OR old.deactivated_at IS DISTINCT FROM new.deactivated_at) EXECUTE FUNCTION tg_user__announce_profile();
