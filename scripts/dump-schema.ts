import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { createTemplate, dropDatabase, sibling, startTestPostgres } from "#test/test-postgres.ts";
import { dumpSchema } from "./schema-text.ts";

/**
 * `npm run db:dump`: migrates an empty database and writes what came out to prisma/schema.sql, where triggers and
 * functions are reviewed. `--check` writes nothing and fails when the file says something else: a migration without its
 * dump, or a dump edited by hand.
 */
const file = join(import.meta.dirname, "../prisma/schema.sql");

async function currentSchema(): Promise<string> {
  const postgres = await startTestPostgres();
  try {
    const name = await createTemplate(postgres.adminUrl);
    try {
      return await dump(sibling(postgres.adminUrl, name));
    } finally {
      await dropDatabase(postgres.adminUrl, name);
    }
  } finally {
    await postgres.stop();
  }
}

async function dump(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, application_name: "earshot dump" });
  await client.connect();
  try {
    return await dumpSchema(client);
  } finally {
    await client.end();
  }
}

function firstDifference(written: string, current: string): string | undefined {
  const [before, after] = [written.split("\n"), current.split("\n")];
  const line = after.findIndex((text, index) => text !== before[index]);
  if (line === -1 && before.length === after.length) return undefined;
  const at = line === -1 ? after.length : line;
  const inFile = before[at] ?? "(the file ends)";
  return `line ${at + 1}\n  prisma/schema.sql: ${inFile}\n  the migrations:    ${after[at] ?? "(nothing more)"}`;
}

const current = await currentSchema();
if (process.argv.includes("--check")) {
  const difference = firstDifference(await readFile(file, "utf8").catch(() => ""), current);
  if (difference) {
    console.error(`prisma/schema.sql is not what the migrations make: ${difference}\nRun: npm run db:dump`);
    process.exitCode = 1;
  } else {
    console.log("prisma/schema.sql is what the migrations make.");
  }
} else {
  await writeFile(file, current);
  console.log(`Wrote prisma/schema.sql: ${current.split("\n").length} lines.`);
}
