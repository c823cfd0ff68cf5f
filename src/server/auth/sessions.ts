import { createHash, randomBytes } from "node:crypto";
import { newId } from "#shared/ids.ts";
import type { Person } from "#shared/people.ts";
import { pool } from "../db/pool.ts";
import { Together } from "../db/together.ts";

/** Who is asking, as the session's row says right now. */
export type Viewer = { userId: string; sessionId: string; person: Person; role: "admin" | "moderator" | "member" };

/** A session ends this long after sign-in, and this long after it was last seen. */
export const SESSION_MAX_DAYS = 90;
const IDLE_MAX_DAYS = 30;

/** Whether session `s` still stands, as far as its own row says. */
export const STANDS = `s.revoked_at is null and s.expires_at > now()
  and s.last_seen_at > now() - interval '${IDLE_MAX_DAYS} days'`;

/** The token in the cookie is worth the session, so the table keeps only its hash: a stolen dump signs nobody in. */
function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Opens a session for somebody who just proved who they are. Answers the token for the cookie: 256 random bits. */
export async function openSession(userId: string, device: { userAgent: string; address: string }): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await pool().query(
    `insert into session (id, user_id, token_hash, user_agent, address, expires_at)
     values ($1, $2, $3, $4, $5, now() + make_interval(days => $6))`,
    [newId(), userId, hashOf(token), device.userAgent.slice(0, 400), device.address, SESSION_MAX_DAYS],
  );
  return token;
}

type ViewerRow = {
  token_hash: Buffer;
  user_id: string;
  session_id: string;
  username: string;
  display_name: string;
  role: Viewer["role"];
  is_stale: boolean;
};

/** When everybody comes back at once, their sessions are looked up together. */
const rowsOf = new Together(async (hashes: Buffer[]) => {
  const { rows } = await pool().query<ViewerRow>({
    name: "viewers-by-token",
    text: `select s.token_hash, u.id as user_id, s.id as session_id, u.username, u.display_name, u.role,
             s.last_seen_at < now() - interval '10 minutes' as is_stale
           from session s join "user" u on u.id = s.user_id
           where s.token_hash = any($1::bytea[]) and u.deactivated_at is null and ${STANDS}`,
    values: [hashes],
  });
  const found = new Map(rows.map((row) => [row.token_hash.toString("hex"), row]));
  return hashes.map((hash) => found.get(hash.toString("hex")));
});

/** Who holds this token: null when there is no such session, or it ended, or its person was deactivated. */
export async function viewerByToken(token: string): Promise<Viewer | null> {
  const found = await rowsOf.ask(hashOf(token));
  if (!found) return null;
  if (found.is_stale) await pool().query("update session set last_seen_at = now() where id = $1", [found.session_id]);
  return {
    userId: found.user_id,
    sessionId: found.session_id,
    person: { id: found.user_id, username: found.username, name: found.display_name },
    role: found.role,
  };
}

/** Ends the session of this token. The trigger rings; every node closes its sockets (R9). */
export async function endSession(token: string): Promise<void> {
  await pool().query("update session set revoked_at = clock_timestamp() where token_hash = $1 and revoked_at is null", [
    hashOf(token),
  ]);
}
