-- widen: people, their sessions, rooms, members, messages.
-- Nothing here is ever hard-deleted (R9): a cascade takes no number and rings no bell, so every foreign key RESTRICTs,
-- memberships end by left_at, messages by deleted_at.

create extension if not exists citext;

create type user_role as enum ('admin', 'moderator', 'member');
create type room_kind as enum ('channel', 'group', 'direct');
create type room_visibility as enum ('public', 'private');
create type member_role as enum ('owner', 'moderator', 'member');
create type message_kind as enum ('text', 'system');

create table "user" (
  id uuid not null default gen_random_uuid(),
  username citext not null,
  display_name text not null,
  password_hash text,
  role user_role not null default 'member',
  created_at timestamptz not null default now(),
  deactivated_at timestamptz,
  constraint user_pkey primary key (id),
  constraint user_username_key unique (username),
  constraint user_username_shape check (username::text ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
  constraint user_display_name_present check (display_name ~ '\S')
);

create table session (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  token_hash bytea not null,
  user_agent text not null default '',
  address text not null default '',
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint session_pkey primary key (id),
  constraint session_token_hash_key unique (token_hash),
  constraint session_user_id_fkey foreign key (user_id) references "user" (id) on delete restrict on update restrict
);
create index session_user_id_idx on session (user_id);
-- The live read looks for what was revoked in the last minute, in the snapshot in which it reads the rooms (R9).
create index session_revoked_at_idx on session (revoked_at) where revoked_at is not null;

create table room (
  id uuid not null default gen_random_uuid(),
  kind room_kind not null default 'channel',
  visibility room_visibility not null default 'public',
  slug citext,
  title text not null default '',
  topic text not null default '',
  is_lobby boolean not null default false,
  direct_key text,
  -- The counter of the room (R1): every durable change takes the next number, under this row's lock.
  version bigint not null default 0,
  -- The place of the newest message. An upper bound, not a count.
  last_seq bigint not null default 0,
  settings_version bigint not null default 0,
  created_by uuid,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  constraint room_pkey primary key (id),
  constraint room_slug_key unique (slug),
  constraint room_direct_key_key unique (direct_key),
  constraint room_created_by_fkey foreign key (created_by) references "user" (id) on delete restrict on update restrict,
  constraint room_counters check (last_seq <= version and settings_version <= version),
  constraint room_direct_has_key check ((kind = 'direct') = (direct_key is not null))
);
create unique index room_one_lobby on room (is_lobby) where is_lobby;

create table member (
  room_id uuid not null,
  user_id uuid not null,
  role member_role not null default 'member',
  joined_at timestamptz not null default now(),
  left_at timestamptz,
  version bigint not null,
  constraint member_pkey primary key (room_id, user_id),
  constraint member_room_version_key unique (room_id, version),
  constraint member_room_id_fkey foreign key (room_id) references room (id) on delete restrict on update restrict,
  constraint member_user_id_fkey foreign key (user_id) references "user" (id) on delete restrict on update restrict
);
create index member_user_id_idx on member (user_id);

create table message (
  id uuid not null default gen_random_uuid(),
  room_id uuid not null,
  seq bigint not null,
  version bigint not null,
  author_id uuid not null,
  client_id uuid not null default gen_random_uuid(),
  -- A hash of all that was first sent: what a repeated send is compared with, also after an edit (R7).
  sent uuid not null,
  kind message_kind not null default 'text',
  body text not null,
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  constraint message_pkey primary key (id),
  constraint message_room_seq_key unique (room_id, seq),
  constraint message_room_version_key unique (room_id, version),
  constraint message_author_client_id_key unique (author_id, client_id),
  constraint message_room_id_fkey foreign key (room_id) references room (id) on delete restrict on update restrict,
  constraint message_author_id_fkey foreign key (author_id) references "user" (id) on delete restrict on update restrict,
  constraint message_body_present check (deleted_at is not null or body ~ '\S')
);

create table instance (
  is_only boolean not null default true,
  epoch uuid not null default gen_random_uuid(),
  auth_secret text not null default gen_random_uuid()::text || gen_random_uuid()::text,
  constraint instance_pkey primary key (is_only),
  constraint instance_is_one check (is_only)
);
insert into instance default values;

create unlogged table allowance (
  key text not null,
  tat timestamptz not null,
  constraint allowance_pkey primary key (key)
) with (fillfactor = 50);

-- The epoch of every cursor (R6). It changes by itself when history may have gone backwards: another cluster (a restored
-- dump), another timeline (point-in-time recovery, a promoted standby), another database in the same cluster. For
-- anything else (rows restored in place): update instance set epoch = gen_random_uuid().
create function feed_epoch() returns text language sql stable as $$
  select left(md5(concat_ws('/',
    (select epoch from instance),
    (select system_identifier from pg_control_system()),
    left(pg_walfile_name(pg_current_wal_lsn()), 8),
    (select oid from pg_database where datname = current_database()))), 12)
$$;
