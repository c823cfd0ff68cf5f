import pg from "pg";
import { UnusableDatabaseError } from "./checks.ts";

/** What one node takes at most: its pool, and the connection that listens. */
export const connectionsOf = (nodes: number, pool: number) => nodes * (pool + 1);

/**
 * Throws one clear line when this Postgres can never carry so many nodes. Found out later, it would be sends that are
 * refused in the busiest hour. What others take (another machine, a backup) is not known here.
 */
export async function assertRoomForNodes(url: string, nodes: number, pool: number): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "earshot check" });
  client.on("error", () => {}); // What matters is reported by the query that fails.
  await client.connect();
  try {
    const { rows } = await client.query<{ free: number }>(
      // `reserved_connections` came with 16.
      `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            - coalesce(current_setting('reserved_connections', true)::int, 0) as free`,
    );
    const [free, wanted] = [rows[0]?.free ?? 0, connectionsOf(nodes, pool)];
    if (wanted <= free) return;
    throw new UnusableDatabaseError(
      `EARSHOT_WORKERS: ${nodes} nodes with DATABASE_POOL=${pool} take up to ${wanted} connections, and this Postgres has ${free}. Lower one of the two, or raise max_connections.`,
    );
  } finally {
    await client.end();
  }
}
