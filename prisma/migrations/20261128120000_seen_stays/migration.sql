-- widen: to the others what somebody has seen stays seen when they mark it unread. How far it was read by then is kept here,
-- and what the others are told is the further of the two, from when it was first read.
alter table receipt add column seen_seq bigint not null default 0;

create or replace function receipt_advance(rooms uuid[], users uuid[], reads bigint[], deliveries bigint[]) returns void language sql as $$
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
$$;
