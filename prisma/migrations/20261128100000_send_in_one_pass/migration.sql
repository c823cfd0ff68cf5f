-- narrow: what a lone send costs. The send function answers more than it did: stop the nodes of before first. Sends are judged and numbered in one pass over narrow rows, where they were sorted five times
-- with all they say; a bump of a room's counter no longer looks at settings that it does not touch; a bell is one call. And the
-- answer says what the hub would have to read: the author's names, and the sessions that ended.

create or replace trigger _200_number_settings_update
  before update of kind, visibility, slug, title, topic, archived_at on room for each row
  when (old.kind is distinct from new.kind or old.visibility is distinct from new.visibility or old.slug is distinct from new.slug
    or old.title is distinct from new.title or old.topic is distinct from new.topic or old.archived_at is distinct from new.archived_at)
  execute function tg_room__number_settings();
-- The trigger above writes settings_version in the updates that name one of these columns.
create or replace trigger _900_announce_settings
  after update of kind, visibility, slug, title, topic, archived_at, settings_version on room for each row
  when (old.settings_version is distinct from new.settings_version) execute function tg_room__announce_settings();

-- Ninety of the longest hints are below the 8,000 bytes that a notification holds.
create or replace function announce(hints text[]) returns void language plpgsql as $$
begin
  for start in 1..coalesce(cardinality(hints), 0) by 90 loop
    perform pg_notify('earshot', array_to_string(hints[start:start + 89], ','));
  end loop;
end $$;

-- Sends many messages in one round trip and one commit. Called by src/server/realtime/send-queue.ts, in READ COMMITTED,
-- outside any other transaction. Arrays of equal length, no (author, client) twice: the queue sends a repeat later. Answers one row
-- for each, in their order:
--   outcome  new · repeat · CONFLICT · NOT_FOUND · NO_MESSAGE · ARCHIVED · TOO_LONG · TOO_MANY_REQUESTS
-- and behind them, as `revoked`, the sessions that ended in the last minute.
-- What judges has a snapshot that is newer than the locks. In one statement with them it leaves holes, because it judges what it
-- saw before it waited (test: order.pg.test.ts, "sends from two nodes").
-- Rooms are locked in id order before anything else, as everywhere (R1), allowances after them, in key order (but for those of people
-- who send for the first time: the queue asks again after a deadlock).
-- Its plans are cached by each connection. One that was made while the tables were nearly empty would scan them, for ever,
-- at every batch (11 ms grew to 30 ms at a hundred thousand messages); every lookup here has its index, so nothing else is allowed. And cached they must be: left to
-- itself Postgres plans anew at every call, which is most of the time of a lone send (2.3 ms, and 0.8 with the plan kept).
drop function message_send_batch(uuid[], uuid[], uuid[], uuid[], text[], uuid[], uuid[], text[], int, int);
create function message_send_batch(
  rooms uuid[], authors uuid[], clients uuid[], ids uuid[], bodies text[], replies uuid[], roots uuid[], mentioned text[],
  max_length int, per_minute int
) returns table (
  outcome text, id uuid, seq bigint, version bigint, created_at timestamptz, retry_after_ms int, username text, display_name text
) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
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
end $$;
