import { parseCookie } from "cookie";
import { getToken } from "next-auth/jwt";
import { authSecret } from "./secret.ts";
import { type Viewer, viewerByToken } from "./sessions.ts";

/**
 * Who is this cookie? The one answer for HTTP, sockets and server components. The seal is opened first, so that noise
 * costs no query; then the session's row decides.
 */
export async function viewerFrom(cookieHeader: string | undefined): Promise<Viewer | null> {
  if (!cookieHeader) return null;
  const cookies = parseCookie(cookieHeader);
  for (const secureCookie of [true, false]) {
    const token = await openSeal(cookies, secureCookie);
    if (token) return viewerByToken(token);
  }
  return null;
}

async function openSeal(cookies: Record<string, string | undefined>, secureCookie: boolean): Promise<string | null> {
  const name = `${secureCookie ? "__Secure-" : ""}next-auth.session-token`;
  if (!Object.keys(cookies).some((cookie) => cookie === name || cookie.startsWith(`${name}.`))) return null;
  const req = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]["req"];
  // A cookie that was sealed with another secret, or by nobody, is a cookie of nobody.
  const token = await getToken({ req, secret: await authSecret(), secureCookie, cookieName: name }).catch(() => null);
  return typeof token?.sid === "string" ? token.sid : null;
}
