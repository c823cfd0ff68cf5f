import { account } from "./account.ts";
import { me } from "./me.ts";
import { message } from "./messages.ts";
import { room } from "./rooms.ts";
import { callerFactory, router } from "./trpc.ts";

/** Everything that a person can do, as noun.verb. */
export const appRouter = router({ account, me, message, room });

export type AppRouter = typeof appRouter;

export const createCaller = callerFactory(appRouter);
