-- widen: who is here. A lease per node, not per person: a node renews its own every few seconds, and whoever finds one
-- that ran out takes that node's people offline. Unlogged: after a crash of Postgres nobody is here until they say so.
create unlogged table node (
  id uuid not null,
  seen_at timestamptz not null,
  constraint node_pkey primary key (id)
);
create unlogged table presence (
  node_id uuid not null,
  user_id uuid not null,
  is_away boolean not null default false,
  constraint presence_pkey primary key (user_id, node_id),
  constraint presence_node_id_fkey foreign key (node_id) references node (id) on delete cascade on update restrict
);
create index presence_node_idx on presence (node_id);

-- Hint: o<user>. Also when a lease runs out, because the cascade is a statement like any other.
create function tg_presence__announce() returns trigger language plpgsql as $$
begin
  perform announce(array_agg(distinct 'o' || user_id)) from changed;
  return null;
end $$;
create trigger _900_announce_insert after insert on presence referencing new table as changed
  for each statement execute function tg_presence__announce();
create trigger _900_announce_update after update on presence referencing new table as changed
  for each statement execute function tg_presence__announce();
create trigger _900_announce_delete after delete on presence referencing old table as changed
  for each statement execute function tg_presence__announce();

-- The last device of somebody went: when that was is worth keeping. In key order, because two nodes may say goodbye to the
-- same people at once.
create function tg_presence__remember() returns trigger language plpgsql as $$
begin
  perform 1 from "user" where id in (select user_id from changed) order by id for no key update;
  update "user" set last_seen_at = clock_timestamp()
    where id in (select user_id from changed) and not exists (select from presence where presence.user_id = "user".id);
  return null;
end $$;
create trigger _300_remember after delete on presence referencing old table as changed
  for each statement execute function tg_presence__remember();

-- Renews a node's lease and ends those that ran out. Answers true when this node's own had been ended, or is new: then it
-- has to tell of all its people again. The database's clock judges, so a node whose own is wrong harms nobody.
create function node_renew(node_id uuid, lease interval) returns boolean language plpgsql as $$
declare is_new boolean;
begin
  delete from node where id in (
    select id from node where seen_at < clock_timestamp() - lease and id <> node_id order by id for update skip locked);
  insert into node (id, seen_at) values (node_id, clock_timestamp())
    on conflict (id) do update set seen_at = excluded.seen_at returning xmax = 0 into is_new;
  return is_new;
end $$;

-- What changed among a node's people: arrays of equal length, each `online`, `away` or `offline`. A node whose lease was
-- ended is refused (23503) and renews it first.
create function presence_report(reporter uuid, users uuid[], states text[]) returns void language plpgsql as $$
begin
  delete from presence where node_id = reporter and user_id in
    (select u from unnest(users, states) r (u, state) where state = 'offline');
  insert into presence (node_id, user_id, is_away)
    select reporter, u, state = 'away' from unnest(users, states) r (u, state) where state <> 'offline' order by u
    on conflict (user_id, node_id) do update set is_away = excluded.is_away where presence.is_away <> excluded.is_away;
end $$;
