import { createWSClient, httpLink, splitLink, type TRPCLink, wsLink } from "@trpc/client";
import type { AppRouter } from "#server/api/router.ts";
import { PING_MS, PONG_WITHIN_MS } from "#shared/limits.ts";
import type { Connection } from "./connection.ts";
import { PATH } from "./path.ts";

/** On the server nothing is called; pages fetch for themselves. */
export function httpOnly(): TRPCLink<AppRouter>[] {
  return [httpLink({ url: PATH })];
}

function socketAddress(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${PATH}`;
}

/** Feeds go over the socket. Calls do too while it is open, and over HTTP while it is not: all of them may be repeated. */
export function liveLinks(connection: Connection): TRPCLink<AppRouter>[] {
  const client = createWSClient({
    url: () => connection.nextTurn().then(socketAddress),
    WebSocket: connection.socketClass(),
    // Nobody who is signed out follows a feed, so nobody who is signed out opens a socket.
    lazy: { enabled: true, closeMs: 30_000 },
    keepAlive: { enabled: true, intervalMs: PING_MS, pongTimeoutMs: PONG_WITHIN_MS },
    // All waiting is in `nextTurn`, where it can be cut short.
    retryDelayMs: () => 0,
  });
  const overSocket = wsLink<AppRouter>({ client });
  return [
    splitLink({
      condition: (op) => op.type === "subscription" || connection.hasSocket,
      true: overSocket,
      false: httpLink({ url: PATH }),
    }),
  ];
}
