import { randomBytes } from "node:crypto";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { CARELESS, type ScratchCluster, startScratchCluster } from "#test/test-postgres.ts";
import { TestServer } from "./server.ts";

/**
 * What every spec stands on: a production server and a Postgres of the worker's own, people who are signed up and live,
 * and a rule: an error in a page's console, an exception in a page or an error in the server's log fails the test.
 */
export interface Person {
  page: Page;
  context: BrowserContext;
  /** What the others read. */
  name: string;
  username: string;
  password: string;
}

export interface Problems {
  /** This test breaks something on purpose: what matches is no failure. */
  allow(...patterns: RegExp[]): void;
  watch(page: Page): void;
}

interface TestFixtures {
  problems: Problems;
  /** Somebody new, signed up in a browser of their own, in the lobby and live. */
  person: (name: string) => Promise<Person>;
}

interface WorkerFixtures {
  postgres: ScratchCluster;
  server: TestServer;
  /** The first account of a server is its admin; it is taken here, so that the people of a test are ordinary members. */
  admin: { username: string; password: string };
}

const PASSWORD = "correct horse battery staple";

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // Playwright reads a fixture's needs from the names in the braces, so they stay even when there are none.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  postgres: [async ({}, use) => withPostgres(use), { scope: "worker" }],

  server: [
    async ({ postgres }, use) => {
      const server = await TestServer.create(postgres.url);
      await server.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  admin: [
    async ({ browser, server }, use) => {
      const account = { username: "admin", password: PASSWORD };
      const page = await browser.newPage({ baseURL: server.url });
      await signUp(page, { ...account, name: "Admin" });
      await page.close();
      await use(account);
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  problems: [
    async ({ server, context }, use) => {
      const allowed: RegExp[] = [];
      const seen: string[] = [];
      const watch = (page: Page) => {
        page.on("console", (message) => message.type() === "error" && seen.push(`console: ${message.text()}`));
        page.on("pageerror", (error) => seen.push(`exception: ${error.stack ?? error.message}`));
      };
      context.on("page", watch);
      await use({ allow: (...patterns) => allowed.push(...patterns), watch });
      const all = [...seen, ...server.errors.splice(0).map((line) => `server: ${line}`)];
      const unexpected = all.filter((line) => !allowed.some((pattern) => pattern.test(line)));
      expect(unexpected, "no errors in the console, the pages and the server's log").toEqual([]);
    },
    { auto: true },
  ],

  person: async ({ admin: _, browser, server, problems }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name) => {
      const context = await browser.newContext({ baseURL: server.url });
      contexts.push(context);
      context.on("page", problems.watch);
      const page = await context.newPage();
      const account = { name, username: uniqueUsername(name), password: PASSWORD };
      await signUp(page, account);
      return { ...account, page, context };
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };

/** Tests of one worker share a database; two of them may both know an Ana. */
export function uniqueUsername(name: string): string {
  return `${name.toLowerCase()}-${randomBytes(3).toString("hex")}`;
}

export async function signUp(page: Page, account: { name: string; username: string; password: string }): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Username").fill(account.username);
  await page.getByLabel("Display name (optional)").fill(account.name);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await live(page);
}

export async function signIn(page: Page, account: { username: string; password: string }): Promise<void> {
  await page.getByLabel("Username").fill(account.username);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The page says itself when its feeds are up; nothing before that is worth asserting. */
export async function live(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-connection", "live");
}

async function withPostgres(use: (postgres: ScratchCluster) => Promise<void>): Promise<void> {
  const postgres = await startScratchCluster(CARELESS);
  await use(postgres);
  await postgres.remove();
}
