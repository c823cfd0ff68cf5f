import { createTRPCClient, createWSClient, httpLink, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { AppRouter } from "#server/api/router.ts";

/** An origin that the server knows by default: env.ts, with nothing set. */
export const OUR_ORIGIN = "http://localhost:3000";

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
