-- widen: what people show of themselves, and how they want a room.
alter table "user"
  add column avatar_hue smallint,
  add column avatar_initials text,
  add column status_emoji text not null default '',
  add column status_text text not null default '',
  add column status_until timestamptz,
  -- When the last device of this person went away. Written when people go, in batches, never at a heartbeat.
  add column last_seen_at timestamptz,
  add constraint user_avatar_hue check (avatar_hue between 0 and 359),
  add constraint user_avatar_initials check (length(avatar_initials) between 1 and 2),
  add constraint user_status_length check (length(status_text) <= 100 and length(status_emoji) <= 32);

create type notification_level as enum ('all', 'mentions', 'nothing');

-- Mine alone: neither takes a number of the room nor reaches anybody else (R5).
alter table member
  add column level notification_level not null default 'all',
  add column is_favourite boolean not null default false;

-- What a person shows changed: whoever shares a room with them shows it anew. Hint: p<user>.
create function tg_user__announce_profile() returns trigger language plpgsql as $$
begin
  perform announce(array['p' || new.id]);
  return null;
end $$;
create trigger _900_announce_profile_insert after insert on "user" for each row execute function tg_user__announce_profile();
create trigger _900_announce_profile_update after update on "user" for each row
  when ((old.username, old.display_name, old.role, old.avatar_hue, old.avatar_initials, old.status_emoji, old.status_text, old.status_until, old.deactivated_at)
    is distinct from (new.username, new.display_name, new.role, new.avatar_hue, new.avatar_initials, new.status_emoji, new.status_text, new.status_until, new.deactivated_at))
  execute function tg_user__announce_profile();

create function tg_member__announce_preference() returns trigger language plpgsql as $$
begin
  perform announce(array['u' || new.user_id]);
  return null;
end $$;
create trigger _920_announce_preference after update on member for each row
  when ((old.level, old.is_favourite) is distinct from (new.level, new.is_favourite))
  execute function tg_member__announce_preference();

-- Another password ends every session but the one that chose it, which names itself in `app.session_id`.
create or replace function tg_user__revoke_sessions() returns trigger language plpgsql as $$
begin
  update session set revoked_at = clock_timestamp() where user_id = new.id and revoked_at is null
    and (new.deactivated_at is not null or id::text is distinct from current_setting('app.session_id', true));
  return null;
end $$;
