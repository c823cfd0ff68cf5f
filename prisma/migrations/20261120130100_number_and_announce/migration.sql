-- widen: every durable change in a room takes the room's next number (R1), and the database announces it (R3).
--
-- Triggers of one kind fire by name, so the names carry their order: _100_ guards, _200_ numbers, _900_ announces.
-- Conditions name their columns. "old.* is distinct from new.*" would run today, and make the dump unrestorable on the
-- day when a generated column arrives.

-- Keeps a row's place. Without it, "set version = 5" is accepted and rings below every cursor: nobody hears it.
create function tg_row__keep_place() returns trigger language plpgsql as $$
begin
  raise exception 'a row keeps its room and its place, and its version only grows' using errcode = '23514';
end $$;

create trigger _100_keep_place before update on message for each row
  when (new.seq <> old.seq or new.room_id <> old.room_id or new.version < old.version)
  execute function tg_row__keep_place();
create trigger _100_keep_place before update on member for each row
  when (new.room_id <> old.room_id or new.version < old.version)
  execute function tg_row__keep_place();
create trigger _100_keep_place before update on room for each row
  when (new.version < old.version or new.last_seq < old.last_seq or new.settings_version < old.settings_version)
  execute function tg_row__keep_place();

-- Numbers a row that came without one: an INSERT by hand, an import. The UPDATE locks the room until commit, so numbers
-- are handed out in commit order; without the lock a slow writer could commit 41 after readers have moved past 42, and
-- nobody would ever be shown 41 (test: order.pg.test.ts, "a slow writer is not skipped"). The batch path numbers its
-- own rows, and WHEN skips all of this for it. Unnumbered rows in one statement are quadratic per room: number imports.
create function tg_message__take_place() returns trigger language plpgsql as $$
begin
  update room set version = version + 1, last_seq = version + 1 where id = new.room_id returning version into new.version;
  new.seq := new.version;
  new.sent := coalesce(new.sent, md5(new.body)::uuid);
  return new;
end $$;
create trigger _200_take_place before insert on message for each row
  when (new.version is null) execute function tg_message__take_place();

-- A changed row takes the next number. Setting version to null asks for one (a reaction, later, bumps its message so).
create function tg_row__take_number() returns trigger language plpgsql as $$
begin
  update room set version = version + 1 where id = new.room_id returning version into new.version;
  return new;
end $$;
create trigger _200_take_number before update on message for each row
  when (new.version is null or (new.version = old.version
    and (old.kind, old.body, old.edited_at, old.deleted_at) is distinct from (new.kind, new.body, new.edited_at, new.deleted_at)))
  execute function tg_row__take_number();
create trigger _200_take_number_insert before insert on member for each row
  when (new.version is null) execute function tg_row__take_number();
create trigger _200_take_number_update before update on member for each row
  when (new.version is null or (new.version = old.version
    and (old.role, old.joined_at, old.left_at) is distinct from (new.role, new.joined_at, new.left_at)))
  execute function tg_row__take_number();

-- The number of a removal is where its person's feed is cut (R9). Were the row changed again before the hub reads it, the
-- cut would lie above what was said in between.
create function tg_member__stay_ended() returns trigger language plpgsql as $$
begin
  raise exception 'a membership that ended can only begin anew' using errcode = '23514';
end $$;
create trigger _100_stay_ended before update on member for each row
  when (old.left_at is not null and new.left_at is not null
    and (old.role, old.joined_at, old.left_at) is distinct from (new.role, new.joined_at, new.left_at))
  execute function tg_member__stay_ended();

-- A room's own settings have their own version: room.version is the counter, so "version > N" would always hold.
create function tg_room__number_settings() returns trigger language plpgsql as $$
begin
  new.version := new.version + 1;
  new.settings_version := new.version;
  return new;
end $$;
create trigger _200_number_settings_insert before insert on room for each row
  when (new.settings_version = 0) execute function tg_room__number_settings();
create trigger _200_number_settings_update before update on room for each row
  when ((old.kind, old.visibility, old.slug, old.title, old.topic, old.archived_at)
    is distinct from (new.kind, new.visibility, new.slug, new.title, new.topic, new.archived_at))
  execute function tg_room__number_settings();

-- The doorbell: one NOTIFY per statement on the channel "earshot", read by src/server/realtime/hints.ts. Ids and numbers,
-- never content: whoever hears it reads what he may see. A payload is a list, separated by commas, of
--   r<room>:<from>-<to>   rows of this room took these numbers
--   t<room>               this room's settings changed: lists that show it are stale
--   u<user>               this person's memberships changed
--   s<session>            this session was revoked
-- At most 90 entries of at most 79 bytes: below the 8000 that NOTIFY takes. No row, no bell.
create function announce(hints text[]) returns void language sql as $$
  select pg_notify('earshot', string_agg(hint, ',')) from (
    select hint, (row_number() over () - 1) / 90 as page from unnest(hints) hint) paged group by page
$$;

-- Announces numbered rows, and refuses one numbered above its room: an import that forgot the counter would brick the
-- room, for every later send would collide with it. "except" finds the rows that took a number without knowing the key.
create function tg_row__announce() returns trigger language plpgsql as $$
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
end $$;
create trigger _900_announce_insert after insert on message referencing new table as changed
  for each statement execute function tg_row__announce();
create trigger _900_announce_update after update on message referencing old table as was new table as changed
  for each statement execute function tg_row__announce();
create trigger _900_announce_insert after insert on member referencing new table as changed
  for each statement execute function tg_row__announce();
create trigger _900_announce_update after update on member referencing old table as was new table as changed
  for each statement execute function tg_row__announce();

-- Whoever joined or left has another list of rooms.
create function tg_member__announce_people() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform announce(array_agg(distinct 'u' || user_id)) from changed;
  else
    perform announce(array_agg(distinct 'u' || user_id)) from (select user_id, version from changed except select user_id, version from was) numbered;
  end if;
  return null;
end $$;
create trigger _910_announce_people_insert after insert on member referencing new table as changed
  for each statement execute function tg_member__announce_people();
create trigger _910_announce_people_update after update on member referencing old table as was new table as changed
  for each statement execute function tg_member__announce_people();

-- By row, with WHEN: a statement trigger with transition tables on room would run at every send.
create function tg_room__announce_settings() returns trigger language plpgsql as $$
begin
  perform announce(array[format('r%s:%s-%s', new.id, new.settings_version, new.settings_version), 't' || new.id]);
  return null;
end $$;
create trigger _900_announce_settings after update on room for each row
  when (old.settings_version is distinct from new.settings_version) execute function tg_room__announce_settings();

-- Nothing is deleted here, whoever asks: a delete takes no number and rings no bell.
create function tg_row__refuse_delete() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are ended, not deleted', tg_table_name using errcode = '23514';
end $$;
create trigger _100_refuse_delete before delete on message for each statement execute function tg_row__refuse_delete();
create trigger _100_refuse_delete before delete on member for each statement execute function tg_row__refuse_delete();

-- A session that ends is heard by the node that holds its sockets.
create function tg_session__announce_revoked() returns trigger language plpgsql as $$
begin
  perform announce(array_agg('s' || changed.id)) from changed join was using (id)
    where was.revoked_at is null and changed.revoked_at is not null;
  return null;
end $$;
create trigger _900_announce_revoked after update on session referencing old table as was new table as changed
  for each statement execute function tg_session__announce_revoked();

-- Deactivating somebody, or giving them another password, ends every session, whoever writes it.
create function tg_user__revoke_sessions() returns trigger language plpgsql as $$
begin
  update session set revoked_at = clock_timestamp() where user_id = new.id and revoked_at is null;
  return null;
end $$;
create trigger _300_revoke_sessions after update on "user" for each row
  when ((old.deactivated_at is null and new.deactivated_at is not null) or old.password_hash is distinct from new.password_hash)
  execute function tg_user__revoke_sessions();

insert into room (slug, title, topic, is_lobby) values ('lobby', 'lobby', 'Everybody is in this room', true);
