import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importedValues, violations } from "./import-rules.ts";

const root = join(import.meta.dirname, "..");

test("no file of ours imports a value where only its type may pass", () => {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes("generated"))
    .map((file) => `src/${file.replaceAll("\\", "/")}`);
  expect(sources.length).toBeGreaterThan(10);

  const found = [...sources, "server.ts"].flatMap((file) => violations(file, readFileSync(join(root, file), "utf8")));

  expect(found).toEqual([]);
});

test.each([
  ["src/ui/rooms/list.tsx", 'import { appRouter } from "#server/api/router.ts";'],
  ["src/ui/rooms/list.tsx", 'const { appRouter } = await import("#server/api/router.ts");'],
  ["src/server/domain/rooms.ts", 'import pg from "pg";'],
  ["src/server/domain/rooms.ts", 'import {\n  type Pool,\n  Client,\n} from "pg";'],
  ["src/server/api/rooms.ts", 'import { PrismaClient } from "../db/generated/client.ts";'],
  ["src/server/auth/sign-in.ts", 'import { Prisma } from "@prisma/client";'],
  ["src/server/realtime/frames.ts", 'import { tracked } from "@trpc/server";'],
  ["server.ts", 'import pg from "pg";'],
])("in %s this is refused: %s", (file, source) => {
  expect(violations(file, source)).toHaveLength(1);
});

test.each([
  ["src/ui/rooms/list.tsx", 'import type { AppRouter } from "#server/api/router.ts";'],
  ["src/ui/rooms/list.tsx", 'import { type AppRouter } from "#server/api/router.ts";'],
  ["src/server/domain/rooms.ts", 'import type pg from "pg";'],
  ["src/server/domain/rooms.ts", 'import type {\n  Pool,\n  Client,\n} from "pg";'],
  ["src/server/realtime/frames.ts", 'import type { TRPCResponse } from "@trpc/server/rpc";'],
  ["src/server/realtime/listener.ts", 'import pg from "pg";'],
  ["src/server/db/pool.ts", 'import pg from "pg";'],
  ["src/server/db/prisma.ts", 'import { PrismaClient } from "./generated/client.ts";'],
])("in %s this is allowed: %s", (file, source) => {
  expect(violations(file, source)).toEqual([]);
});

test("every form of import is read", () => {
  const source = `import a from "a";
import "b";
import { c, type d } from "c";
import {
  e,
} from "e";
import * as f from "f";
export { g } from "g";
import type { no } from "no";
export type { no } from "no";
const h = await import("h");`;
  expect(importedValues(source)).toEqual(["a", "b", "c", "e", "f", "g", "h"]);
});
