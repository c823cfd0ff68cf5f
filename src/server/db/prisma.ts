import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";
import { oncePerProcess } from "./once.ts";
import { pool } from "./pool.ts";

/** Prisma over the process's one pool: no second set of connections. Hot paths (sends, feeds, pages) are raw SQL. */
export function prisma(): PrismaClient {
  return oncePerProcess("prisma", () => new PrismaClient({ adapter: new PrismaPg(pool()) }));
}

export type { PrismaClient };
