-- widen: what each node last said of itself, for those who run the server. A row per node, written by that node every ten
-- seconds; no trigger, no bell. Unlogged: after a crash of Postgres every node says it again within ten seconds. It
-- outlives the node's lease by an hour, because the node that is gone is the one that is asked about.
create unlogged table node_report (
  node_id uuid not null,
  reported_at timestamptz not null,
  -- Set by a node that left in order; one that died is silent instead.
  stopped_at timestamptz,
  -- As it is now, and its last hour. Apart, because the hour is large and grows once a minute.
  report json not null,
  minutes json not null,
  constraint node_report_pkey primary key (node_id)
);

-- What only the database knows: how many commits wait for the lock that NOTIFY takes on the whole instance (object 0 of
-- pg_database, whatever the database; held through the commit's flush), and how full its queue is, 0 to 1.
create function notify_pressure() returns table (lock_waiters int, queue_usage double precision) language sql as $$
  select (select count(*)::int from pg_locks
    where locktype = 'object' and database = 0 and classid = 'pg_database'::regclass and objid = 0 and not granted),
    pg_notification_queue_usage()
$$;

-- Keeps a node's report and forgets what is over an hour old. `hour` is null while it is what it was. Answers the
-- database's clock and the pressure on NOTIFY, so that nobody has to ask for them apart.
create function node_report(reporter uuid, news json, hour json)
returns table (moment timestamptz, lock_waiters int, queue_usage double precision) language plpgsql as $$
begin
  delete from node_report where node_id in (
    select node_id from node_report where reported_at < clock_timestamp() - interval '1 hour' order by node_id for update skip locked);
  insert into node_report (node_id, reported_at, report, minutes) values (reporter, clock_timestamp(), news, coalesce(hour, '[]'))
    on conflict (node_id) do update set reported_at = excluded.reported_at, report = excluded.report,
      minutes = case when hour is null then node_report.minutes else excluded.minutes end;
  return query select clock_timestamp(), p.lock_waiters, p.queue_usage from notify_pressure() p;
end $$;
