import type { IncomingMessage } from "node:http";
import { env } from "../env.ts";

/** Set by us on every request before anybody reads it; what a client sent under this name is overwritten. */
export const ADDRESS_HEADER = "x-earshot-address";

/** The network address that a request came from: the proxy's word only when we were told to trust one. */
export function addressOf(request: IncomingMessage): string {
  const forwarded = env().TRUST_PROXY ? request.headers["x-forwarded-for"] : undefined;
  // The last entry is the one that our own proxy wrote; those before it are whatever the client claimed.
  const last = String(forwarded ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return last || request.socket.remoteAddress || "unknown";
}
