import type { CreateTRPCClient } from "@trpc/client";
import type { AppRouter } from "#server/api/router.ts";

/** The typed calls, without React. */
export type Client = CreateTRPCClient<AppRouter>;
