import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { encode } from "next-auth/jwt";
import type pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { authSecret } from "#server/auth/secret.ts";
import { usePool } from "#server/db/pool.ts";
import { LiveNode, type LiveNodeOptions } from "#server/realtime/live-node.ts";
import { httpHandler } from "#server/web/http.ts";
import { upgradeHandler } from "#server/web/upgrade.ts";
import { newId } from "#shared/ids.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { Stage } from "./stage.ts";

/**
 * The cast and the stage of the Postgres tests: one database per file, people with a session each, rooms, and nodes that
 * listen, on a real port, with the real API, but without pages. dana is in no room with ana.
 */
export type Somebody = { id: string; username: string; sessionId: string; cookie: string };

export class World {
  readonly db: TestDatabase;
  readonly pool: pg.Pool;
  #close: (() => Promise<unknown>)[] = [];

  constructor(db: TestDatabase) {
    this.db = db;
    this.pool = usePool(db.url);
    this.onClose(() => this.pool.end());
  }

  onClose(close: () => Promise<unknown>): void {
    this.#close.unshift(close);
  }

  async close(): Promise<void> {
    for (const close of this.#close) await close();
    await this.db[Symbol.asyncDispose]();
  }

  async person(username: string): Promise<Somebody> {
    const id = newId();
    const unique = `${username}-${randomBytes(6).toString("hex")}`;
    await this.pool.query(`insert into "user" (id, username, display_name) values ($1, $2, $3)`, [
      id,
      unique,
      username,
    ]);
    return { id, username: unique, ...(await this.session(id)) };
  }

  /** Another device of somebody. */
  async session(userId: string): Promise<{ sessionId: string; cookie: string }> {
    const sid = randomBytes(32).toString("base64url");
    const sessionId = newId();
    await this.pool.query(
      "insert into session (id, user_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '1 day')",
      [sessionId, userId, createHash("sha256").update(sid).digest()],
    );
    const sealed = await encode({ token: { sid }, secret: await authSecret() });
    return { sessionId, cookie: `next-auth.session-token=${sealed}` };
  }

  async room(...members: { id: string }[]): Promise<string> {
    const roomId = newId();
    await this.pool.query("insert into room (id, title) values ($1, 'kitchen')", [roomId]);
    for (const member of members) await this.join(member, roomId);
    return roomId;
  }

  async join(person: { id: string }, roomId: string): Promise<void> {
    await this.pool.query("insert into member (room_id, user_id) values ($1, $2)", [roomId, person.id]);
  }

  async remove(person: { id: string }, roomId: string): Promise<number> {
    const { rows } = await this.pool.query<{ version: number }>(
      "update member set left_at = now() where room_id = $1 and user_id = $2 and left_at is null returning version",
      [roomId, person.id],
    );
    return rows[0]?.version ?? 0;
  }

  /** Says something at the database's own door: no application in between, no number given. */
  async write(
    person: { id: string },
    roomId: string,
    body: string,
    by: Pick<pg.Pool, "query"> = this.pool,
  ): Promise<string> {
    const { rows } = await by.query<{ id: string }>(
      "insert into message (room_id, author_id, body) values ($1, $2, $3) returning id",
      [roomId, person.id, body],
    );
    return rows[0]?.id ?? "";
  }

  /** What a room holds: its counter, and its messages in their order. */
  async ledger(roomId: string): Promise<{ version: number; seqs: number[]; bodies: string[]; versions: number[] }> {
    const { rows } = await this.pool.query<{ head: number; seq: number | null; version: number; body: string }>(
      `select room.version as head, m.seq, m.version, m.body from room left join message m on m.room_id = room.id
       where room.id = $1 order by m.seq`,
      [roomId],
    );
    const found = rows.flatMap((row) => (row.seq === null ? [] : [{ ...row, seq: row.seq }]));
    return {
      version: rows[0]?.head ?? 0,
      seqs: found.map((row) => row.seq),
      bodies: found.map((row) => row.body),
      versions: found.map((row) => row.version),
    };
  }

  /** Backends of this database that wait for a lock right now. */
  async waitingForLocks(): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows[0]?.count ?? 0;
  }

  /** One connection to hold a transaction on; given back whatever happens. */
  async onOneConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      return await work(client);
    } finally {
      await client.query("rollback");
      await client.query("reset all");
      client.release();
    }
  }

  /** With every trigger off, as in some restores: nothing is numbered, nothing rings. */
  silently(sql: string, values: unknown[] = []): Promise<void> {
    return this.onOneConnection(async (client) => {
      await client.query("set session_replication_role = replica");
      await client.query(sql, values);
    });
  }

  /** A node of its own: its own LISTEN connection, its own hub. */
  async node(opts: Partial<LiveNodeOptions> = {}): Promise<LiveNode> {
    const node = new LiveNode({
      url: this.db.url,
      db: this.pool,
      messageMaxLength: 4000,
      messagesPerMinute: 1_000_000,
      ...opts,
    });
    await node.start();
    this.onClose(() => node.stop());
    return node;
  }

  /** A node on a port. Answers its address. */
  async serve(node: LiveNode): Promise<Stage> {
    const pages = async (_: unknown, response: { writeHead(status: number): { end(): void } }) =>
      response.writeHead(404).end();
    const server = createServer(httpHandler({ node, db: this.pool, isStopping: () => false }, pages));
    server.on("upgrade", upgradeHandler({ node, isStopping: () => false, toNext: () => false }));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const stage = new Stage((server.address() as AddressInfo).port);
    this.onClose(async () => {
      await stage.close();
      for (const socket of node.sockets.all()) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return stage;
  }
}

/** The world of a test file. */
export function inAWorld(): () => World {
  let world: World | undefined;
  beforeAll(async () => {
    world = new World(await testDatabase());
  });
  afterAll(async () => {
    await world?.close();
  });
  return () => {
    if (!world) throw new Error("The world begins with the first test.");
    return world;
  };
}

/** Waits until something holds, looking again at every turn of the loop's timers; fails with what it last saw. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(`It did not come to hold within ${withinMs} ms. Last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
