import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Limits } from "#shared/limits.ts";
import { ADDRESS_HEADER } from "../auth/address.ts";
import type { Viewer } from "../auth/sessions.ts";
import { isUnreachable } from "../db/sqlstate.ts";
import { hasAccounts } from "../domain/accounts.ts";
import { env } from "../env.ts";
import { type Context, contextFromCookie } from "./context.ts";
import { createCaller } from "./router.ts";

/** The procedures, for server components: the same checks, without a network in between. */
export type Caller = ReturnType<typeof createCaller>;

export type SignedIn = { viewer: Viewer; api: Caller; limits: Limits; serverName: string };

/** Once per render, however many components ask. */
const context = cache(async (): Promise<Context> => {
  const given = await headers();
  return contextFromCookie(given.get("cookie") ?? undefined, given.get(ADDRESS_HEADER) ?? "", null);
});

export async function viewerOrNull(): Promise<Viewer | null> {
  return (await context()).viewer;
}

/** Who is looking, and the procedures in their name. Leads to sign-in, and back to `path`, when nobody is signed in. */
export async function signedIn(path: string): Promise<SignedIn> {
  const ctx = await context();
  if (!ctx.viewer) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  const { MESSAGE_MAX_LENGTH, SERVER_NAME } = env();
  return {
    viewer: ctx.viewer,
    api: createCaller(ctx),
    limits: { messageMaxLength: MESSAGE_MAX_LENGTH },
    serverName: SERVER_NAME,
  };
}

/** Whether nobody has an account here yet: the first one to come runs the server. No while the database is away: the door is drawn without it. */
export async function isNewServer(): Promise<boolean> {
  try {
    return !(await hasAccounts());
  } catch (error) {
    if (isUnreachable(error)) return false;
    throw error;
  }
}

/** What anybody may know of this server. */
export function serverInfo(): { serverName: string; signUp: "open" | "closed" } {
  const { SERVER_NAME, SIGN_UP } = env();
  return { serverName: SERVER_NAME, signUp: SIGN_UP };
}
