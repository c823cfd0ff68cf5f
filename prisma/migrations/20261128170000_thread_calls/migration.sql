-- widen: whether something in a thread calls somebody by name is asked at every count of it.
create index mention_thread_idx on mention (user_id, thread_root, seq) where thread_root is not null;

create function is_called_in(root uuid, reader uuid, above bigint) returns boolean language plpgsql stable
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
  set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  return exists (select from mention join message m on m.id = mention.message_id
    where mention.user_id = reader and mention.thread_root = root and mention.seq > above and m.deleted_at is null);
end $$;
