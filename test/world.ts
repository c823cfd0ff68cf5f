import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createTRPCClient, createWSClient, httpLink, wsLink } from "@trpc/client";
import { encode } from "next-auth/jwt";
import type pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { WebSocket } from "ws";
import type { AppRouter } from "#server/api/router.ts";
import { authSecret } from "#server/auth/secret.ts";
import { usePool } from "#server/db/pool.ts";
import { LiveNode, type LiveNodeOptions } from "#server/realtime/live-node.ts";
import { httpHandler } from "#server/web/http.ts";
import { upgradeHandler } from "#server/web/upgrade.ts";
import { newId } from "#shared/ids.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

/**
 * The cast and the stage of the Postgres tests: one database per file, people with a session each, rooms, and nodes that
 * listen, on a real port, with the real API, but without pages. dana is in no room with ana.
 */
export type Somebody = { id: string; username: string; sessionId: string; cookie: string };

/** An origin that the server knows by default: env.ts, with nothing set. */
export const OUR_ORIGIN = "http://localhost:3000";

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
    const unique = `${username}-${randomBytes(3).toString("hex")}`;
    await this.pool.query(`insert into "user" (id, username, display_name) values ($1, $2, $3)`, [id, unique, username]);
    return { id, username: unique, ...(await this.session(id)) };
  }

  /** Another device of somebody. */
  async session(userId: string): Promise<{ sessionId: string; cookie: string }> {
    const sid = randomBytes(32).toString("base64url");
    const sessionId = newId();
    await this.pool.query("insert into session (id, user_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '1 day')", [
      sessionId,
      userId,
      createHash("sha256").update(sid).digest(),
    ]);
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
      "update member set left_at = now() where room_id = $1 and user_id = $2 returning version",
      [roomId, person.id],
    );
    return rows[0]?.version ?? 0;
  }

  /** A node of its own: its own LISTEN connection, its own hub. */
  async node(opts: Partial<LiveNodeOptions> = {}): Promise<LiveNode> {
    const node = new LiveNode({ url: this.db.url, db: this.pool, messageMaxLength: 4000, messagesPerMinute: 1_000_000, ...opts });
    await node.start();
    this.onClose(() => node.stop());
    return node;
  }

  /** A node on a port. Answers its address. */
  async serve(node: LiveNode): Promise<Stage> {
    const pages = async (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(404).end();
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

/** A served node, and the clients that were opened on it. */
export class Stage {
  readonly port: number;
  readonly #clients: { close(): Promise<unknown> }[] = [];

  constructor(port: number) {
    this.port = port;
  }

  get http(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The real typed client over a socket, as a browser of this person has it. */
  client(person: { cookie: string }) {
    const sockets: WebSocket[] = [];
    class Browser extends WebSocket {
      constructor(url: string | URL) {
        super(url, { headers: { cookie: person.cookie }, origin: OUR_ORIGIN });
        sockets.push(this);
      }
    }
    const ws = createWSClient({
      url: `ws://127.0.0.1:${this.port}/trpc`,
      WebSocket: Browser as never,
      retryDelayMs: () => 20,
    });
    this.#clients.push(ws);
    return { api: createTRPCClient<AppRouter>({ links: [wsLink({ client: ws })] }), ws, sockets };
  }

  /** The real typed client over HTTP. */
  http1(person: { cookie: string } | null) {
    const headers = { origin: OUR_ORIGIN, ...(person ? { cookie: person.cookie } : {}) };
    return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${this.http}/trpc`, headers })] });
  }

  /** A bare socket, to send whatever one likes. */
  raw(headers: Record<string, string>): WebSocket {
    return new WebSocket(`ws://127.0.0.1:${this.port}/trpc`, { headers });
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
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
export async function eventually<T>(look: () => T | Promise<T>, holds: (seen: T) => boolean, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`It did not come to hold within ${withinMs} ms. Last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
