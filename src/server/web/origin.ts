import type { IncomingMessage } from "node:http";

/**
 * True when the page that asks is ours. A socket needs the header: browsers always send it, and SameSite cookies do not
 * stop a sibling site from opening one. A plain request may lack it (a GET, a script), but may not name a stranger.
 */
export function isFromUs(request: IncomingMessage, origins: readonly string[], opts: { isRequired: boolean }): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return !opts.isRequired;
  return origins.includes(origin);
}
