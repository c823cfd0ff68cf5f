-- widen: how far each member has read, and been given, a room: watermarks, apart from `member`, so that reading takes no
-- number of the room and rings no bell of its feed. A scroll must not lock the room.
create table receipt (
  room_id uuid not null,
  user_id uuid not null,
  last_read_seq bigint not null default 0,
  last_delivered_seq bigint not null default 0,
  read_at timestamptz,
  delivered_at timestamptz,
  constraint receipt_pkey primary key (room_id, user_id),
  constraint receipt_room_id_fkey foreign key (room_id) references room (id) on delete restrict on update restrict,
  constraint receipt_user_id_fkey foreign key (user_id) references "user" (id) on delete restrict on update restrict,
  constraint receipt_read_is_delivered check (last_read_seq <= last_delivered_seq)
);

-- What was said before somebody came is not unread.
create function tg_member__begin_receipt() returns trigger language plpgsql as $$
begin
  insert into receipt (room_id, user_id, last_read_seq, last_delivered_seq)
    select room.id, new.user_id, room.last_seq, room.last_seq from room where room.id = new.room_id
    on conflict (room_id, user_id) do update set
      last_read_seq = greatest(receipt.last_read_seq, excluded.last_read_seq),
      last_delivered_seq = greatest(receipt.last_delivered_seq, excluded.last_delivered_seq);
  return null;
end $$;
create trigger _300_begin_receipt_insert after insert on member for each row
  when (new.left_at is null) execute function tg_member__begin_receipt();
create trigger _300_begin_receipt_update after update on member for each row
  when (old.left_at is not null and new.left_at is null) execute function tg_member__begin_receipt();

insert into receipt (room_id, user_id, last_read_seq, last_delivered_seq)
  select member.room_id, member.user_id, room.last_seq, room.last_seq from member join room on room.id = member.room_id;

-- Hint: w<room>:<user>. Whoever has the room open shows the mark anew, and that person's devices count anew. Where nothing
-- was read no count changes, and d<room>:<user> tells those alone who have the room open.
create function tg_receipt__announce() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform announce(array_agg(format('w%s:%s', room_id, user_id))) from changed;
  else
    perform announce(array_agg(format('%s%s:%s', case when changed.last_read_seq = was.last_read_seq then 'd' else 'w' end,
      changed.room_id, changed.user_id))) from changed join was using (room_id, user_id);
  end if;
  return null;
end $$;
create trigger _900_announce_insert after insert on receipt referencing new table as changed
  for each statement execute function tg_receipt__announce();
create trigger _900_announce_update after update on receipt referencing old table as was new table as changed
  for each statement execute function tg_receipt__announce();

-- Moves watermarks forward, many at once: arrays of equal length, a zero for "not this one". Marks never fall here ("mark
-- unread" sets its row itself), never pass the room's end, and are of members only. Locks in key order.
create function receipt_advance(rooms uuid[], users uuid[], reads bigint[], deliveries bigint[]) returns void language sql as $$
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
      read_at = case when excluded.last_read_seq > receipt.last_read_seq then excluded.read_at else receipt.read_at end,
      delivered_at = case when excluded.last_delivered_seq > receipt.last_delivered_seq then excluded.delivered_at else receipt.delivered_at end
    where excluded.last_read_seq > receipt.last_read_seq or excluded.last_delivered_seq > receipt.last_delivered_seq
$$;
