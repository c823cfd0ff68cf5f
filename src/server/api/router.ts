import { account } from "./account.ts";
import { device } from "./devices.ts";
import { health } from "./health.ts";
import { me } from "./me.ts";
import { member } from "./members.ts";
import { message } from "./messages.ts";
import { person } from "./people.ts";
import { room } from "./rooms.ts";
import { thread } from "./threads.ts";
import { callerFactory, router } from "./trpc.ts";

/** Everything that a person can do, as noun.verb. */
export const appRouter = router({ account, device, health, me, member, message, person, room, thread });

export type AppRouter = typeof appRouter;

export const createCaller = callerFactory(appRouter);
