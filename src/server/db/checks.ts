import { randomUUID } from "node:crypto";
import pg from "pg";
import { CannotStart } from "../errors.ts";

/** Thrown with one clear line when this Postgres cannot carry Earshot. */
export class UnusableDatabaseError extends CannotStart {}

const MIN_VERSION = 15;
const PROBE_MS = 3_000;

function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: "earshot check",
  });
  client.on("error", () => {}); // The probe is over by then; what matters is reported by the query that fails.
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    throw new UnusableDatabaseError(`DATABASE_URL: Postgres at ${withoutPassword(url)} cannot be reached (${reason}).`);
  }
  return client;
}

/**
 * Looks at the database before anything else does: there, new enough, and reached directly. Behind a transaction pooler
 * LISTEN succeeds and then hears nothing, for ever, which would look like a quiet evening; so one connection listens and
 * another one rings.
 */
export async function assertUsable(url: string): Promise<void> {
  const [listening, ringing] = [await connect(url), await connect(url)];
  try {
    const { rows } = await listening.query<{ server_version: string }>("show server_version");
    const version = rows[0]?.server_version ?? "0";
    if (Number.parseInt(version, 10) < MIN_VERSION) {
      throw new UnusableDatabaseError(
        `DATABASE_URL: Postgres ${version} is too old. Earshot needs ${MIN_VERSION} or newer.`,
      );
    }
    const word = randomUUID();
    let timer: NodeJS.Timeout | undefined;
    const heard = new Promise<boolean>((resolve) => {
      listening.on("notification", ({ payload }) => payload === word && resolve(true));
      timer = setTimeout(() => resolve(false), PROBE_MS);
    });
    await listening.query("listen earshot_probe");
    await ringing.query("select pg_notify('earshot_probe', $1)", [word]);
    const isDirect = await heard;
    clearTimeout(timer);
    if (isDirect) return;
    throw new UnusableDatabaseError(
      "DATABASE_URL: LISTEN is not heard. This looks like a transaction pooler (PgBouncer or the like); give Earshot the address of Postgres itself.",
    );
  } catch (error) {
    if (error instanceof UnusableDatabaseError) throw error;
    throw new UnusableDatabaseError(
      `DATABASE_URL: Postgres at ${withoutPassword(url)} stopped answering (${String(error)}).`,
    );
  } finally {
    await Promise.all([listening.end(), ringing.end()]);
  }
}
