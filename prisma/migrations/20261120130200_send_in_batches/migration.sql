-- widen: rate limits, and sends that share a commit (R7, R8).

-- A token bucket by GCRA: `tat` is how far ahead of now somebody has spent. Takes one of `burst` tokens, which refill one
-- every `refill`. Answers 0, or the milliseconds until one is there. Shared by all nodes, for the row is.
create function allowance_take(bucket text, burst int, refill interval) returns int language plpgsql as $$
declare moment timestamptz := clock_timestamp(); spent timestamptz;
begin
  insert into allowance (key, tat) values (bucket, '-infinity') on conflict do nothing;
  select greatest(tat, moment) into spent from allowance where key = bucket for update;
  if spent - moment > refill * (burst - 1) then
    return ceil(extract(epoch from spent - moment - refill * (burst - 1)) * 1000);
  end if;
  update allowance set tat = spent + refill where key = bucket;
  return 0;
end $$;

-- Sends many messages in one round trip and one commit. Called by src/server/realtime/send-queue.ts, in READ COMMITTED,
-- outside any other transaction. Arrays of equal length; answers one row for each, in their order:
--   outcome  new · repeat · CONFLICT · NOT_FOUND · ARCHIVED · TOO_LONG · TOO_MANY_REQUESTS
-- Two statements, and the second is the point: it has a snapshot that is newer than the locks. As one statement it
-- leaves holes, because it judges what it saw before it waited (test: order.pg.test.ts, "sends from two nodes").
-- Rooms are locked in id order before anything else, as everywhere (R1), allowances after them, in key order.
-- Its plan is cached by each connection. One that was made while the tables were nearly empty would scan them, for ever,
-- at every batch (11 ms grew to 30 ms at a hundred thousand messages); every lookup here has its index, so nothing else is allowed.
create function message_send_batch(
  rooms uuid[], authors uuid[], clients uuid[], ids uuid[], bodies text[], max_length int, per_minute int
) returns table (outcome text, id uuid, seq bigint, version bigint, created_at timestamptz, retry_after_ms int)
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
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
end $$;
