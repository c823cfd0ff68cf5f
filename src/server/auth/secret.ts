import { oncePerProcess } from "../db/once.ts";
import { pool } from "../db/pool.ts";
import { env } from "../env.ts";

/**
 * What seals the session cookie: AUTH_SECRET, else one that was made with the database, so that every node has the same
 * without anybody setting it. It guards less than it seems: inside the seal is a random token, of which the database
 * knows only the hash.
 */
export async function authSecret(): Promise<string> {
  const given = env().AUTH_SECRET;
  if (given) return given;
  const kept = oncePerProcess<{ secret?: string }>("auth-secret", () => ({}));
  kept.secret ??=
    (await pool().query<{ auth_secret: string }>("select auth_secret from instance")).rows[0]?.auth_secret ?? "";
  return kept.secret;
}
