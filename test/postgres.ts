import type { TestProject } from "vitest/node";
import { createTemplate, dropDatabase, startTestPostgres } from "./test-postgres.ts";

/** Vitest's globalSetup of the `postgres` project: one server and one migrated template for the whole run. */
declare module "vitest" {
  interface ProvidedContext {
    postgres: { adminUrl: string; template: string };
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  try {
    const template = await createTemplate(postgres.adminUrl);
    project.provide("postgres", { adminUrl: postgres.adminUrl, template });
    return async () => {
      await dropDatabase(postgres.adminUrl, template);
      await postgres.stop();
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
