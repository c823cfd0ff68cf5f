import { initTRPC } from "@trpc/server";
import { DomainError, sessionEnded } from "../errors.ts";
import type { Context } from "./context.ts";
import { asTRPCError, dataOf, refusalOf, TRANSPORT } from "./errors.ts";

// No transformer: it would run once per subscriber and event, and the ready-made frames would never reach the socket
// (realtime/encoder.ts). Dates travel as ISO strings.
const t = initTRPC.context<Context>().create({
  // No feeds over plain HTTP either: nobody would close them at a sign-out, nothing would cap them, and a seat that no
  // encoder takes pins its room's ring for ever.
  sse: { enabled: false },
  errorFormatter({ shape, error }) {
    // Also for what a feed throws after it began, which no middleware sees. Never a stack, never a cause.
    const refusal = refusalOf(error);
    const { httpStatus, path } = shape.data;
    return {
      code: shape.code,
      message: refusal.message,
      data: { code: TRANSPORT[refusal.code], httpStatus, path, ...dataOf(refusal) },
    };
  },
});

export const router = t.router;
export const callerFactory = t.createCallerFactory;

/** Anybody, signed in or not. */
export const open = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw asTRPCError(result.error);
  return result;
});

/** Somebody, whose session stands at this very call. */
export const signedIn = open.use(async ({ ctx, next }) => {
  const { viewer } = ctx;
  if (!viewer || !(await ctx.stands())) throw sessionEnded();
  return next({ ctx: { viewer } });
});

/** Somebody, in a process that is live: every call from outside. A server component only reads. */
export const live = signedIn.use(async ({ ctx, next }) => {
  const { node } = ctx;
  if (!node) throw new DomainError("INTERNAL", "Something went wrong on the server. Try again.");
  return next({ ctx: { node } });
});

/** Somebody on a socket: what the hub writes to cannot be anything else. */
export const feed = live.use(async ({ ctx, next }) => {
  const { feeds } = ctx;
  if (!feeds) throw new DomainError("INVALID", "A feed needs a WebSocket.");
  return next({ ctx: { feeds } });
});
