import { mkdir } from "node:fs/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { CAST_PASSWORD } from "#prisma/fixtures.ts";
import { seed } from "#prisma/seed.ts";
import { migrate } from "#server/db/migrate.ts";
import { openPool } from "#server/db/pool.ts";
import { CARELESS, startScratchCluster } from "#test/test-postgres.ts";
import { TestServer } from "../e2e/server.ts";
import { systemChromium } from "./browser.mjs";

/** `npm run screenshots`: the main screens in both themes and both widths, into docs/screenshots, so that a change in looks shows in review. */
const PLACES = [
  { device: "desktop", viewport: { width: 1280, height: 800 } },
  { device: "mobile", viewport: { width: 390, height: 844 } },
] as const;
const SCHEMES = ["light", "dark"] as const;
const FOLDER = "docs/screenshots";

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: "disabled", caret: "hide" });
}

async function enter(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Username").fill("ana");
  await page.getByLabel("Password").fill(CAST_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("html[data-connection=live]").waitFor();
}

/** What stands beside a room, above it, and apart from it. */
async function shootParts(page: Page, take: (name: string) => Promise<void>): Promise<void> {
  const room = new URL(page.url()).pathname;
  await page.goto(`${room}?panel=pins`);
  await page.getByRole("complementary").getByText("running order").waitFor();
  await take("pins");
  await page.goto(`${room}?panel=members`);
  await page.getByRole("complementary").getByText("Cleo Martin").waitFor();
  await take("members");
  await page.goto("/rooms/threads");
  await page.getByText("Could someone walk around town").first().click();
  await page.getByRole("complementary").getByText("goes into the report").waitFor();
  await take("thread");
  for (const [name, path] of [
    ["threads", "/rooms/threads"],
    ["browse", "/rooms/browse"],
    ["settings", "/settings/profile"],
  ] as const) {
    await page.goto(path);
    await page.locator("html[data-connection=live]").waitFor();
    await take(name);
  }
  await page.goto(room);
  await page.locator("html[data-connection=live]").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await take("palette");
}

async function shootAll(browser: Browser, server: TestServer): Promise<void> {
  for (const { device, viewport } of PLACES) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({ baseURL: server.url, viewport, colorScheme, deviceScaleFactor: 2 });
      const page = await context.newPage();
      for (const name of ["sign-in", "sign-up"]) {
        await page.goto(`/${name}`);
        await shoot(page, `${name}-${device}-${colorScheme}`);
      }
      await enter(page);
      const take = (name: string) => shoot(page, `${name}-${device}-${colorScheme}`);
      await page.goto("/rooms");
      if (device === "mobile") await take("list");
      await page
        .getByRole("link", { name: /on-air/ })
        .first()
        .click();
      await page.locator("html[data-connection=live]").waitFor();
      await page.getByText("Go to sleep, both of you").waitFor();
      await take("room");
      await shootParts(page, take);
      await page.keyboard.press("Escape");
      await context.setOffline(true);
      await page.locator("html[data-connection=offline]").waitFor();
      for (const body of [
        "First song on Monday: something slow, with a piano.",
        "I’ll ask the captain for his harbour.",
      ]) {
        await page.getByRole("textbox", { name: /^Message/ }).fill(body);
        await page.getByRole("textbox", { name: /^Message/ }).press("Enter");
      }
      await page.getByText("Messages wait here").waitFor();
      await shoot(page, `offline-${device}-${colorScheme}`);
      await context.close();
    }
  }
}

const postgres = await startScratchCluster(CARELESS);
const server = await TestServer.create(postgres.url, { SERVER_NAME: "Lantern FM" });
const executablePath = systemChromium();
const browser = await chromium.launch(executablePath ? { executablePath } : {});
try {
  await mkdir(FOLDER, { recursive: true });
  await migrate(postgres.url, "prisma/migrations");
  const db = openPool(postgres.url, 2);
  await seed(db);
  await db.end();
  await server.start();
  await shootAll(browser, server);
} finally {
  await browser.close();
  await server.stop();
  await postgres.remove();
}
