-- What the migrations make of an empty database. Written by `npm run db:dump` and held to them by `npm test`:
-- for reading and review, never run. Sorted by name.

-- Extensions

create extension citext;

-- Types

create type member_role as enum ('owner', 'moderator', 'member');

create type message_kind as enum ('text', 'system');

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
  constraint member_pkey PRIMARY KEY (room_id, user_id),
  constraint member_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint member_room_version_key UNIQUE (room_id, version),
  constraint member_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT
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
  constraint message_author_client_id_key UNIQUE (author_id, client_id),
  constraint message_author_id_fkey FOREIGN KEY (author_id) REFERENCES "user"(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint message_body_present CHECK (((deleted_at IS NOT NULL) OR (body ~ '\S'::text))),
  constraint message_pkey PRIMARY KEY (id),
  constraint message_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  constraint message_room_seq_key UNIQUE (room_id, seq),
  constraint message_room_version_key UNIQUE (room_id, version)
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

create table "user" (
  id uuid not null default gen_random_uuid(),
  username citext not null,
  display_name text not null,
  password_hash text,
  role user_role not null default 'member'::user_role,
  created_at timestamp with time zone not null default now(),
  deactivated_at timestamp with time zone,
  constraint user_display_name_present CHECK ((display_name ~ '\S'::text)),
  constraint user_pkey PRIMARY KEY (id),
  constraint user_username_key UNIQUE (username),
  constraint user_username_shape CHECK (((username)::text ~ '^[a-z0-9][a-z0-9._-]{1,31}$'::text))
);

-- Indexes

CREATE INDEX member_user_id_idx ON public.member USING btree (user_id);

CREATE UNIQUE INDEX room_one_lobby ON public.room USING btree (is_lobby) WHERE is_lobby;

CREATE INDEX session_revoked_at_idx ON public.session USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);

CREATE INDEX session_user_id_idx ON public.session USING btree (user_id);

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
 LANGUAGE sql
AS $function$
  select pg_notify('earshot', string_agg(hint, ',')) from (
    select hint, (row_number() over () - 1) / 90 as page from unnest(hints) hint) paged group by page
$function$;

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

CREATE OR REPLACE FUNCTION public.message_send_batch(rooms uuid[], authors uuid[], clients uuid[], ids uuid[], bodies text[], max_length integer, per_minute integer)
 RETURNS TABLE(outcome text, id uuid, seq bigint, version bigint, created_at timestamp with time zone, retry_after_ms integer)
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
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
    select a.*, row_number() over (partition by author_id, client_id order by n) as nth
    from unnest(rooms, authors, clients, ids, bodies) with ordinality a (room_id, author_id, client_id, id, body, n)
  ), judged as (
    -- Repeats are found before membership is judged: a lost answer is given again, also after a removal.
    select a.*, room.version as base, old.id as old_id, old.seq as old_seq, old.version as old_version, old.created_at as old_at,
      case
        when old.id is not null then case when old.room_id = a.room_id and old.sent = md5(a.body)::uuid then 'repeat' else 'CONFLICT' end
        when a.nth > 1 then 'twin'
        when member.user_id is null then 'NOT_FOUND'
        when room.archived_at is not null then 'ARCHIVED'
        when length(a.body) > max_length then 'TOO_LONG'
        else 'good'
      end as verdict
    from asked a
    left join room on room.id = a.room_id
    left join member on member.room_id = a.room_id and member.user_id = a.author_id and member.left_at is null
    left join message old on old.author_id = a.author_id and old.client_id = a.client_id
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
    insert into message (id, room_id, seq, version, author_id, client_id, sent, body, created_at)
    select id, room_id, place, place, author_id, client_id, md5(body)::uuid, body, moment from placed where decision = 'new' order by n
  )
  -- A twin answers with its first: the same row if it says the same, else a conflict, or the same refusal.
  select
    case when decision <> 'twin' then decision
      when first_value(decision) over pair <> 'new' then first_value(decision) over pair
      when first_value(room_id) over pair = room_id and first_value(md5(body)) over pair = md5(body) then 'repeat'
      else 'CONFLICT' end,
    coalesce(old_id, first_value(id) over pair),
    coalesce(old_seq, first_value(place) over pair),
    coalesce(old_version, first_value(place) over pair),
    coalesce(old_at, moment),
    greatest(first_value(wait_ms) over pair, 0)
  from placed window pair as (partition by author_id, client_id order by n) order by n;
end $function$;

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

CREATE OR REPLACE FUNCTION public.tg_member__stay_ended()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a membership that ended can only begin anew' using errcode = '23514';
end $function$;

CREATE OR REPLACE FUNCTION public.tg_message__take_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update room set version = version + 1, last_seq = version + 1 where id = new.room_id returning version into new.version;
  new.seq := new.version;
  new.sent := coalesce(new.sent, md5(new.body)::uuid);
  return new;
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

CREATE OR REPLACE FUNCTION public.tg_user__revoke_sessions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update session set revoked_at = clock_timestamp() where user_id = new.id and revoked_at is null;
  return null;
end $function$;

-- Triggers

CREATE TRIGGER _100_keep_place BEFORE UPDATE ON member FOR EACH ROW WHEN (new.room_id <> old.room_id OR new.version < old.version) EXECUTE FUNCTION tg_row__keep_place();

CREATE TRIGGER _100_refuse_delete BEFORE DELETE ON member FOR EACH STATEMENT EXECUTE FUNCTION tg_row__refuse_delete();

CREATE TRIGGER _100_stay_ended BEFORE UPDATE ON member FOR EACH ROW WHEN (old.left_at IS NOT NULL AND new.left_at IS NOT NULL AND (old.role IS DISTINCT FROM new.role OR old.joined_at IS DISTINCT FROM new.joined_at OR old.left_at IS DISTINCT FROM new.left_at)) EXECUTE FUNCTION tg_member__stay_ended();

CREATE TRIGGER _200_take_number_insert BEFORE INSERT ON member FOR EACH ROW WHEN (new.version IS NULL) EXECUTE FUNCTION tg_row__take_number();

CREATE TRIGGER _200_take_number_update BEFORE UPDATE ON member FOR EACH ROW WHEN (new.version IS NULL OR new.version = old.version AND (old.role IS DISTINCT FROM new.role OR old.joined_at IS DISTINCT FROM new.joined_at OR old.left_at IS DISTINCT FROM new.left_at)) EXECUTE FUNCTION tg_row__take_number();

CREATE TRIGGER _900_announce_insert AFTER INSERT ON member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_row__announce();

CREATE TRIGGER _900_announce_update AFTER UPDATE ON member REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_row__announce();

CREATE TRIGGER _910_announce_people_insert AFTER INSERT ON member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_member__announce_people();

CREATE TRIGGER _910_announce_people_update AFTER UPDATE ON member REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_member__announce_people();

CREATE TRIGGER _100_keep_place BEFORE UPDATE ON message FOR EACH ROW WHEN (new.seq <> old.seq OR new.room_id <> old.room_id OR new.version < old.version) EXECUTE FUNCTION tg_row__keep_place();

CREATE TRIGGER _100_refuse_delete BEFORE DELETE ON message FOR EACH STATEMENT EXECUTE FUNCTION tg_row__refuse_delete();

CREATE TRIGGER _200_take_number BEFORE UPDATE ON message FOR EACH ROW WHEN (new.version IS NULL OR new.version = old.version AND (old.kind IS DISTINCT FROM new.kind OR old.body IS DISTINCT FROM new.body OR old.edited_at IS DISTINCT FROM new.edited_at OR old.deleted_at IS DISTINCT FROM new.deleted_at)) EXECUTE FUNCTION tg_row__take_number();

CREATE TRIGGER _200_take_place BEFORE INSERT ON message FOR EACH ROW WHEN (new.version IS NULL) EXECUTE FUNCTION tg_message__take_place();

CREATE TRIGGER _900_announce_insert AFTER INSERT ON message REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_row__announce();

CREATE TRIGGER _900_announce_update AFTER UPDATE ON message REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_row__announce();

CREATE TRIGGER _100_keep_place BEFORE UPDATE ON room FOR EACH ROW WHEN (new.version < old.version OR new.last_seq < old.last_seq OR new.settings_version < old.settings_version) EXECUTE FUNCTION tg_row__keep_place();

CREATE TRIGGER _200_number_settings_insert BEFORE INSERT ON room FOR EACH ROW WHEN (new.settings_version = 0) EXECUTE FUNCTION tg_room__number_settings();

CREATE TRIGGER _200_number_settings_update BEFORE UPDATE ON room FOR EACH ROW WHEN (old.kind IS DISTINCT FROM new.kind OR old.visibility IS DISTINCT FROM new.visibility OR old.slug IS DISTINCT FROM new.slug OR old.title IS DISTINCT FROM new.title OR old.topic IS DISTINCT FROM new.topic OR old.archived_at IS DISTINCT FROM new.archived_at) EXECUTE FUNCTION tg_room__number_settings();

CREATE TRIGGER _900_announce_settings AFTER UPDATE ON room FOR EACH ROW WHEN (old.settings_version IS DISTINCT FROM new.settings_version) EXECUTE FUNCTION tg_room__announce_settings();

CREATE TRIGGER _900_announce_revoked AFTER UPDATE ON session REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tg_session__announce_revoked();

CREATE TRIGGER _300_revoke_sessions AFTER UPDATE ON "user" FOR EACH ROW WHEN (old.deactivated_at IS NULL AND new.deactivated_at IS NOT NULL OR old.password_hash IS DISTINCT FROM new.password_hash) EXECUTE FUNCTION tg_user__revoke_sessions();
