import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { ErrorCode } from "#shared/errors.ts";
import { contextFromRequest } from "../api/context.ts";
import { refusalOf } from "../api/errors.ts";
import { appRouter } from "../api/router.ts";
import { ADDRESS_HEADER, addressOf } from "../auth/address.ts";
import { env } from "../env.ts";
import { log } from "../log.ts";
import { secure } from "./headers.ts";
import { answerHealth, type Health } from "./health.ts";
import { isFromUs } from "./origin.ts";

/** One path for the API, over HTTP and over the socket alike. It must never be a route of Next's. */
export const API_PATH = "/trpc";
const MAX_BODY_BYTES = 256 * 1024;
export const MAX_CALLS_PER_REQUEST = 20;

/** In tRPC's shape, or its client would see no more than that something went wrong. */
const NOT_FROM_US = JSON.stringify({
  error: {
    message: "This server isn't set up for this address. Its owner adds it to APP_ORIGIN.",
    code: TRPC_ERROR_CODES_BY_KEY.FORBIDDEN,
    data: { code: "FORBIDDEN", httpStatus: 403, reason: "FORBIDDEN" satisfies ErrorCode },
  },
});

type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Every plain request to its owner: health, the API, or the pages. */
export function httpHandler(health: Health, pages: PageHandler): RequestListener {
  return (request, response) => {
    request.headers[ADDRESS_HEADER] = addressOf(request);
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (answerHealth(path, response, health)) return;
    if (path.startsWith(`${API_PATH}/`)) return answerCall(request, response, path.slice(API_PATH.length + 1), health);
    secure(request, response, env().NODE_ENV === "development");
    pages(request, response).catch((error) => {
      log().error({ error: String(error), path }, "page.failed");
      if (!response.headersSent) response.writeHead(500).end();
    });
  };
}

function answerCall(request: IncomingMessage, response: ServerResponse, path: string, { node }: Health): void {
  if (!isFromUs(request, env().origins, { isRequired: false })) {
    response.writeHead(403, { "content-type": "application/json" }).end(NOT_FROM_US);
    return;
  }
  response.setHeader("Cache-Control", "no-store");
  void nodeHTTPRequestHandler({
    req: request,
    res: response,
    path,
    router: appRouter,
    createContext: () => contextFromRequest(request, node),
    maxBodySize: MAX_BODY_BYTES,
    maxBatchSize: MAX_CALLS_PER_REQUEST,
    onError: ({ error, path: procedure }) => logFault(error, procedure),
  });
}

/**
 * Refusals are the product at work and are not logged; faults are, with their cause. A Postgres that does not answer is
 * told by the listener, once, so a call that met it is only a warning.
 */
export function logFault(error: Error, procedure: string | undefined): void {
  const refusal = refusalOf(error);
  const cause = refusal.cause instanceof Error ? (refusal.cause.cause ?? refusal.cause) : refusal.cause;
  // Frames that are none: their socket is closed for it, and anybody can send them as often as they like.
  if (cause instanceof Error && /^WS_ERR/.test((cause as NodeJS.ErrnoException).code ?? "")) return;
  const told = { procedure, error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
  if (refusal.code === "INTERNAL") log().error(told, "call.failed");
  else if (refusal.code === "UNAVAILABLE") log().warn(told, "call.unavailable");
}
