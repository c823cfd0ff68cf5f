import type pg from "pg";
import type { Durations } from "#shared/durations.ts";
import type { ListenState } from "#shared/rooms.ts";

/** What a node says of itself every ten seconds, for all to read. */
export type NodeReport = {
  /** Where it runs: the machine's name and the process. */
  host: string;
  pid: number;
  uptimeSeconds: number;
  listening: ListenState;
  /** From a heartbeat given to the pool to LISTEN hearing it, the last time; null before the first. */
  heartbeatMs: number | null;
  sockets: number;
  socketsBehind: number;
  people: number;
  rooms: number;
  roomsDirty: number;
  sendsWaiting: number;
  memoryBytes: number;
  /** Since it started. */
  evictions: number;
  /** How far the database's clock is ahead of its own; null before it knows. */
  clockOffsetMs: number | null;
};

/** One minute of a node, whole; `at` counts minutes since 1970 by the database's clock, so that nodes line up. */
export type NodeMinute = {
  at: number;
  /** New messages that it took. */
  sends: number;
  sockets: number;
  written: Durations;
  acknowledged: Durations;
};

export type Pressure = { lockWaiters: number; queueUsage: number };

type PressureRow = { lock_waiters: number; queue_usage: number };

export type ReportRow = {
  nodeId: string;
  reportedAt: Date;
  stoppedAt: Date | null;
  report: NodeReport;
  minutes: NodeMinute[];
};

const REPORT = { name: "node-report", text: "select * from node_report($1, $2, $3)" };

const toPressure = (row: PressureRow): Pressure => ({ lockWaiters: row.lock_waiters, queueUsage: row.queue_usage });

/** `minutes` is null while they are what they were. Answers the database's clock, and the pressure on NOTIFY. */
export async function keepReportAsSystem(
  db: Pick<pg.Pool, "query">,
  nodeId: string,
  report: NodeReport,
  minutes: NodeMinute[] | null,
): Promise<Pressure & { moment: Date }> {
  const values = [nodeId, JSON.stringify(report), minutes && JSON.stringify(minutes)];
  const { rows } = await db.query<PressureRow & { moment: Date }>({ ...REPORT, values });
  const [row] = rows;
  if (!row) throw new Error("A report is answered with one row.");
  return { moment: row.moment, ...toPressure(row) };
}

/** The node leaves in order: it is not missed. */
export async function endReportAsSystem(db: pg.Pool, nodeId: string): Promise<void> {
  await db.query("update node_report set stopped_at = clock_timestamp() where node_id = $1", [nodeId]);
}

/** All nodes of the last hour, those that run first, and the database's clock. */
export async function readReportsAsSystem(db: pg.Pool): Promise<Pressure & { moment: Date; rows: ReportRow[] }> {
  const { rows } = await db.query<PressureRow & { moment: Date; nodes: (ReportRow & Record<string, string>)[] | null }>(
    `select clock_timestamp() as moment, p.*, (
       select json_agg(json_build_object('nodeId', node_id, 'reportedAt', reported_at, 'stoppedAt', stopped_at,
         'report', report, 'minutes', minutes) order by stopped_at is not null, report->>'host', (report->>'pid')::int)
       from node_report where reported_at > clock_timestamp() - interval '1 hour') as nodes
     from notify_pressure() p`,
  );
  const [row] = rows;
  if (!row) throw new Error("The pressure is one row.");
  const date = (text: unknown) => new Date(String(text));
  const nodes = (row.nodes ?? []).map((node) => ({
    ...node,
    reportedAt: date(node.reportedAt),
    stoppedAt: node.stoppedAt && date(node.stoppedAt),
  }));
  return { moment: row.moment, ...toPressure(row), rows: nodes };
}
