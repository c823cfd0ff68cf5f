import { initTRPC } from "@trpc/server";
import type { Viewer } from "../auth/sessions.ts";
import { DomainError, sessionEnded } from "../errors.ts";
import type { LiveNode } from "../realtime/live-node.ts";
import type { Context } from "./context.ts";
import { asTRPCError, dataOf, refusalOf, TRANSPORT } from "./errors.ts";
import { type PacedAction, paced } from "./pace.ts";
import { inTurn } from "./turns.ts";

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

type Result = { ok: true } | { ok: false; error: unknown };

/** HTTP takes its status from the error itself, so a refusal gets its transport code here; the formatter would be too late. */
function translated<R extends Result>(result: R): R {
  if (!result.ok) throw asTRPCError(result.error);
  return result;
}

async function standing({ viewer, stands }: Context): Promise<Viewer> {
  if (!viewer || !(await stands())) throw asTRPCError(sessionEnded());
  return viewer;
}

/** Does the work in its person's turn; a stranger's is over before it costs anything. */
async function inOrder<T>({ viewer }: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await (viewer ? inTurn(viewer.userId, work) : work());
  } catch (error) {
    throw asTRPCError(error);
  }
}

// One middleware each, not a chain: every step copies the context, and at thousands of sends a second that was a sixth
// of the node's time.

/** Anybody, signed in or not. */
export const open = t.procedure.use(async ({ next }) => translated(await next()));

/** Somebody, whose session stands at this very call. TOO_MANY_REQUESTS for who asks without end. */
export const signedIn = t.procedure.use(async ({ ctx, next }) =>
  translated(await inOrder(ctx, async () => next({ ctx: { viewer: await standing(ctx) } }))),
);

/** Somebody, in a process that is live: every call from outside. A server component only reads. */
export const live = t.procedure.use(async ({ ctx, next }) => {
  const { node } = ctx;
  if (!node) throw new Error("A server component only reads.");
  return translated(await next({ ctx: { viewer: await standing(ctx), node } }));
});

/**
 * `live` as a wrapper of the work instead of a middleware, for what is called thousands of times a second: tRPC copies the
 * whole call at each of its steps, and this is one step less.
 */
export const direct = t.procedure;
export async function asLive<T>(ctx: Context, work: (viewer: Viewer, node: LiveNode) => Promise<T>): Promise<T> {
  const { node } = ctx;
  if (!node) throw new Error("A server component only reads.");
  const viewer = await standing(ctx);
  try {
    return await work(viewer, node);
  } catch (error) {
    throw asTRPCError(error);
  }
}

/**
 * Somebody, and one token of their allowance for this kind of action: shared by all nodes, counted before anything else is
 * looked at. TOO_MANY_REQUESTS with the wait.
 */
export const doing = (action: PacedAction) =>
  t.procedure.use(async ({ ctx, next }) =>
    translated(
      await inOrder(ctx, async () => {
        const viewer = await standing(ctx);
        await paced(viewer.userId, action);
        return next({ ctx: { viewer: { ...viewer } } });
      }),
    ),
  );

/** Somebody on a socket: what the hub writes to cannot be anything else. */
export const feed = t.procedure.use(async ({ ctx, next }) => {
  const { node, feeds } = ctx;
  const viewer = await standing(ctx);
  if (!node || !feeds) throw asTRPCError(new DomainError("INVALID", "A feed needs a WebSocket."));
  return translated(await next({ ctx: { viewer, node, feeds } }));
});
