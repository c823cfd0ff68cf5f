import { percentilesOf } from "#shared/durations.ts";
import type { Health, HealthMinute, NodeHealth, NodeState } from "#shared/health.ts";
import { type NodeMinute, type ReportRow, readReportsAsSystem } from "../db/node-reports.ts";
import { pool } from "../db/pool.ts";
import { DomainError } from "../errors.ts";

const MINUTE_MS = 60_000;
const MINUTES = 60;
/** Nodes report every ten seconds: three in a row were missed. */
const SILENT_AFTER_MS = 30_000;
/** A minute is told of with the first report after it. */
const TOLD_WITHIN_MS = 15_000;

/**
 * How the server is, for its admins. For everybody else there is no such thing, in the words of a procedure that does not
 * exist (R11). The role is asked of the table at every call: a socket may be older than it.
 */
export async function healthFor(userId: string): Promise<Health> {
  const { rowCount } = await pool().query(`select from "user" where id = $1 and role = 'admin'`, [userId]);
  if (!rowCount) throw new DomainError("NOT_FOUND", "There is no such procedure.");
  const { moment, rows, lockWaiters, queueUsage } = await readReportsAsSystem(pool());
  const nodes = rows.map((row) => toNode(row, moment));
  const minutes = hourOf(
    rows.flatMap((row) => row.minutes),
    moment,
  );
  return { at: moment.toISOString(), lockWaiters, queueUsage, nodes, minutes };
}

function toNode({ nodeId, reportedAt, stoppedAt, report }: ReportRow, moment: Date): NodeHealth {
  const { listening, ...figures } = report;
  const isSilent = moment.getTime() - reportedAt.getTime() > SILENT_AFTER_MS;
  const state: NodeState = stoppedAt ? "stopped" : isSilent ? "silent" : listening;
  return { id: nodeId, state, reportedAt: (stoppedAt ?? reportedAt).toISOString(), ...figures };
}

function hourOf(told: NodeMinute[], moment: Date): HealthMinute[] {
  const last = Math.floor((moment.getTime() - TOLD_WITHIN_MS) / MINUTE_MS) - 1;
  return Array.from({ length: MINUTES }, (_, n) => minuteOf(told, last - MINUTES + 1 + n));
}

function minuteOf(told: NodeMinute[], at: number): HealthMinute {
  const found = told.filter((minute) => minute.at === at);
  const sum = (key: "sends" | "sockets") =>
    found.length === 0 ? null : found.reduce((total, minute) => total + minute[key], 0);
  return {
    at: new Date(at * MINUTE_MS).toISOString(),
    sends: sum("sends"),
    sockets: sum("sockets"),
    delivery: percentilesOf(found.map(({ written }) => written)),
    acknowledgement: percentilesOf(found.map(({ acknowledged }) => acknowledged)),
  };
}
