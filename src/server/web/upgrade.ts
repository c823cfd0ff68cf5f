import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { type Context, contextForSocket, FEEDS_PER_SOCKET } from "../api/context.ts";
import { appRouter } from "../api/router.ts";
import { addressOf } from "../auth/address.ts";
import { viewerFrom } from "../auth/viewer.ts";
import { isUnreachable } from "../db/sqlstate.ts";
import { env } from "../env.ts";
import { log } from "../log.ts";
import { encoderFor } from "../realtime/encoder.ts";
import { writeString } from "../realtime/frames.ts";
import type { LiveNode } from "../realtime/live-node.ts";
import type { Connection } from "../realtime/sockets.ts";
import { API_PATH, logFault, MAX_CALLS_PER_REQUEST } from "./http.ts";
import { isFromUs } from "./origin.ts";

/** The largest frame that we take: a batch of twenty messages at their limit fits, a flood does not. Over it: close 1009. */
const MAX_FRAME_BYTES = 256 * 1024;
/** After a cut the client asks for all its feeds in one frame: refused as one, they would all be gone. */
const MAX_CALLS_PER_FRAME = FEEDS_PER_SOCKET + MAX_CALLS_PER_REQUEST;
/**
 * Handshakes under way. When everybody comes back at once, those who are in are served first; whoever is refused here comes
 * again after a pause of their own, each of another length.
 */
const HANDSHAKES_MAX = 500;

const REFUSALS = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

function refuse(socket: Duplex, status: keyof typeof REFUSALS): void {
  socket.end(`HTTP/1.1 ${status} ${REFUSALS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export type UpgradeOptions = {
  node: LiveNode;
  isStopping: () => boolean;
  /** Takes Next's own socket in development (hot reload); answers false when it is not Next's. */
  toNext: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
};

/**
 * The only upgrade handler of the process: Next would attach its own and cut any socket whose path matches a route of
 * its. Everything is settled before the handshake, so that a stranger costs one query and no socket: path, Origin against
 * an exact list, the cookie, the session's row, the caps.
 */
export function upgradeHandler(opts: UpgradeOptions) {
  let handshakes = 0;
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", destroy);
    const path = (request.url ?? "").split("?", 1)[0];
    if (path !== API_PATH) {
      if (!opts.toNext(request, socket, head)) refuse(socket, 404);
      return;
    }
    if (opts.isStopping()) return refuse(socket, 503);
    if (!isFromUs(request, env().origins, { isRequired: true })) return refuse(socket, 403);
    if (handshakes >= HANDSHAKES_MAX) return refuse(socket, 503);
    handshakes++;
    welcome(server, opts.node, request, socket, head)
      .catch((error) => {
        log()[isUnreachable(error) ? "warn" : "error"]({ error: String(error) }, "upgrade.failed");
        refuse(socket, 503);
      })
      .finally(() => handshakes--);
  };
}

/** Not a closure: it would keep the whole request for as long as the socket lives, 4 kB of headers and cookies. */
function destroy(this: Duplex): void {
  this.destroy();
}

async function welcome(
  server: WebSocketServer,
  node: LiveNode,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const viewer = await viewerFrom(request.headers.cookie);
  if (!viewer) return refuse(socket, 401);
  const owner = { userId: viewer.userId, sessionId: viewer.sessionId, address: addressOf(request) };
  const { person, address } = node.sockets.countFor(owner);
  if (person >= env().SOCKETS_PER_PERSON || address >= env().SOCKETS_PER_ADDRESS) return refuse(socket, 429);
  if (socket.destroyed) return;
  server.handleUpgrade(request, socket, head, (ws) => {
    const connection = node.sockets.add(ws, owner);
    ws.on("error", (error) => log().debug({ error: error.message }, "socket.failed"));
    connect(server, () => contextForSocket(viewer, owner.address, node, connection), ws, connection);
  });
}

/**
 * All that tRPC is shown of the request. A query in the URL could ask it to wait for parameters before it makes a context,
 * without a limit on the wait.
 */
const BARE_REQUEST = { url: API_PATH, headers: {} } as IncomingMessage;

function connect(server: WebSocketServer, createContext: () => Context, ws: WebSocket, { outflow }: Connection): void {
  ws.send = (text: unknown) => writeString(ws, String(text));
  const handle = getWSConnectionHandler({
    wss: server,
    router: appRouter,
    createContext,
    maxBatchSize: MAX_CALLS_PER_FRAME,
    experimental_encoder: encoderFor(ws, outflow),
    onError: ({ error, path }) => logFault(error, path),
  });
  handle(ws, BARE_REQUEST);
}
