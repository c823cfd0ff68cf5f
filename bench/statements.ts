import pg from "pg";

/** `sessions`: the look at who is asking, one for each handshake. `lines`: what was asked how often, for whoever wants to know why. */
export type Counted = { all: number; sessions: number; lines: string[] };

/** Long enough for every backend to have read its configuration anew. */
const TOLD_WITHIN_MS = 300;

/**
 * Postgres's own count of statements, on while it is asked for. Of the peers' database the heartbeats of Socket.io's Postgres
 * adapter are left out: that server sits idle beside the one that is measured.
 */
export class Statements {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(adminUrl: string): Promise<Statements> {
    const statements = new Statements(new pg.Client({ connectionString: adminUrl }));
    await statements.#client.connect();
    await statements.#client.query("create extension if not exists pg_stat_statements");
    await statements.#track("top");
    return statements;
  }

  async #track(what: "top" | "none"): Promise<void> {
    await this.#client.query(`alter system set pg_stat_statements.track = '${what}'`);
    await this.#client.query("select pg_reload_conf()");
    await new Promise((resolve) => setTimeout(resolve, TOLD_WITHIN_MS));
  }

  async reset(): Promise<void> {
    await this.#client.query("select pg_stat_statements_reset()");
  }

  async count(database: string): Promise<Counted> {
    const { rows } = await this.#client.query<{ query: string; calls: string }>(
      `select query, sum(calls) as calls from pg_stat_statements
       where dbid = (select oid from pg_database where datname = $1) and ($1 = 'bench_ours' or query not like '%pg_notify%')
       group by query order by sum(calls) desc`,
      [database],
    );
    const sum = (some: typeof rows) => some.reduce((total, { calls }) => total + Number(calls), 0);
    return {
      all: sum(rows),
      sessions: sum(rows.filter(({ query }) => query.includes("token_hash"))),
      lines: rows.slice(0, 12).map(({ query, calls }) => `${calls} × ${query.replace(/\s+/g, " ").slice(0, 110)}`),
    };
  }

  async close(): Promise<void> {
    await this.#track("none");
    await this.#client.end();
  }
}
