import { createTRPCReact } from "@trpc/react-query";
import type { AppRouter } from "#server/api/router.ts";

export const trpc = createTRPCReact<AppRouter>();
