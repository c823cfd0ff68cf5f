import { createTRPCClient, createWSClient, httpLink, splitLink, wsLink } from "@trpc/client";
import type { AppRouter } from "#server/api/router.ts";
import { PING_MS, PONG_WITHIN_MS } from "#shared/limits.ts";
import { OUR_ORIGIN } from "#test/stage.ts";
import type { Client } from "#ui/trpc/client.ts";
import type { Connection } from "#ui/trpc/connection.ts";
import { PATH } from "#ui/trpc/path.ts";

/** The typed client as src/ui/trpc/links.ts puts it together; what a browser knows of its page is said here. */
export function clientOf(
  connection: Connection,
  { port, cookie }: { port: number; cookie: string },
): { api: Client; close(): Promise<void> } {
  const ws = createWSClient({
    url: () => connection.nextTurn().then(() => `ws://127.0.0.1:${port}${PATH}`),
    WebSocket: connection.socketClass(),
    lazy: { enabled: true, closeMs: 30_000 },
    keepAlive: { enabled: true, intervalMs: PING_MS, pongTimeoutMs: PONG_WITHIN_MS },
    retryDelayMs: () => 0,
  });
  const split = splitLink<AppRouter>({
    condition: ({ type }) => type === "subscription" || connection.hasSocket,
    true: wsLink<AppRouter>({ client: ws }),
    false: httpLink<AppRouter>({ url: `http://127.0.0.1:${port}${PATH}`, headers: { origin: OUR_ORIGIN, cookie } }),
  });
  return { api: createTRPCClient<AppRouter>({ links: [split] }), close: () => ws.close() };
}
