import type { Device } from "#shared/people.ts";
import { STANDS } from "../auth/sessions.ts";
import { pool } from "../db/pool.ts";
import { DomainError } from "../errors.ts";
import { deviceName } from "./device-name.ts";

type SessionRow = { id: string; user_agent: string; address: string; created_at: Date; last_seen_at: Date };

/** Where somebody is signed in, this device first, then the one that was seen last. */
export async function devicesOf(userId: string, sessionId: string): Promise<Device[]> {
  const { rows } = await pool().query<SessionRow>(
    `select s.id, s.user_agent, s.address, s.created_at, s.last_seen_at from session s
     where s.user_id = $1 and ${STANDS} order by s.id <> $2, s.last_seen_at desc, s.id`,
    [userId, sessionId],
  );
  return rows.map((row) => ({
    sessionId: row.id,
    name: deviceName(row.user_agent),
    address: row.address,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    isThisOne: row.id === sessionId,
  }));
}

/** Signs one of one's own devices out; the trigger rings, and every node closes its sockets (R9). NOT_FOUND for whatever is not one. */
export async function endDevice(userId: string, sessionId: string): Promise<void> {
  const { rowCount } = await pool().query(
    `update session s set revoked_at = clock_timestamp() where s.id = $2 and s.user_id = $1 and ${STANDS}`,
    [userId, sessionId],
  );
  if (rowCount === 0) throw new DomainError("NOT_FOUND", "That device is not signed in, or it is not yours.");
}

/** Signs all others out. Answers how many. */
export async function endOtherDevices(userId: string, sessionId: string): Promise<number> {
  const { rowCount } = await pool().query(
    `update session s set revoked_at = clock_timestamp() where s.user_id = $1 and s.id <> $2 and ${STANDS}`,
    [userId, sessionId],
  );
  return rowCount ?? 0;
}
