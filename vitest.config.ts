import { defineConfig } from "vitest/config";

/** The suffix says what a test needs: `*.test.ts` nothing, `*.pg.test.ts` Postgres, `*.fault.test.ts` processes and clusters to break. Browsers are Playwright's, in e2e/. */
export default defineConfig({
  // Node 20 does not know `await using`; the target makes the compiler write it out.
  oxc: { target: "es2022", jsx: { runtime: "automatic" } },
  test: {
    env: { NODE_ENV: "test", LOG_LEVEL: "fatal" },
    setupFiles: ["test/quiet.ts"],
    pool: "forks",
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
    // A guard against what hangs, not a measure: these machines are shared.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{src,test,prisma,bench,scripts}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.pg.test.ts", "**/*.fault.test.ts", "test/lint-fixtures/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "postgres",
          include: ["{src,test,prisma,bench,scripts}/**/*.pg.test.ts"],
          globalSetup: ["test/postgres.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["test/faults/**/*.fault.test.ts", "test/chaos/**/*.fault.test.ts"],
          globalSetup: ["test/postgres.ts"],
          // Faults take their time: a lease that lapses, a link that is given up.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
