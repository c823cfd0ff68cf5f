import type { Page } from "@playwright/test";
import { administer } from "#test/test-postgres.ts";
import { isAccessible } from "./axe.ts";
import { expect, live, signIn, test } from "./fixtures.ts";
import { openPalette } from "./places.ts";
import { TestServer } from "./server.ts";

const nodes = (page: Page) => page.getByRole("list", { name: "Nodes" }).getByRole("listitem");

async function enter(page: Page, account: { username: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await signIn(page, account);
  await live(page);
}

/** A node that died five minutes ago, after an hour in which people talked. */
async function leaveBehind(databaseUrl: string): Promise<void> {
  const minute = Math.floor(Date.now() / 60_000);
  const minutes = Array.from({ length: 58 }, (_, n) => ({
    at: minute - 58 + n,
    sends: 20 + (n % 7),
    sockets: 40,
    written: [[60 + (n % 5), 20]],
    acknowledged: [[70 + (n % 9), 20]],
  }));
  const figures = { people: 38, sockets: 40, socketsBehind: 2, rooms: 5, roomsDirty: 0, sendsWaiting: 0, evictions: 1 };
  const about = { host: "attic", pid: 4711, uptimeSeconds: 90_000, listening: "live", heartbeatMs: 3 };
  const report = { ...about, ...figures, memoryBytes: 160e6, clockOffsetMs: 2 };
  await administer(
    databaseUrl,
    `insert into node_report (node_id, reported_at, report, minutes)
     values (gen_random_uuid(), now() - interval '5 minutes', '${JSON.stringify(report)}', '${JSON.stringify(minutes)}')`,
  );
}

test("an admin finds the health of the server and sees two nodes live; one that stops is shown as stopped", async ({
  page,
  admin,
  postgres,
  problems,
}) => {
  problems.watch(page);
  await enter(page, admin);
  await openPalette(page);
  await page.keyboard.type("> health");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/health$/);
  await expect(page.getByRole("heading", { name: "1 node", exact: true })).toBeVisible();
  await expect(page.getByText("All is well.")).toBeVisible();

  const second = await TestServer.create(postgres.url);
  await second.start();
  await expect(nodes(page).filter({ hasText: "Live" })).toHaveCount(2);
  await expect(page.getByRole("heading", { name: "2 nodes", exact: true })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 600 });
  await isAccessible(page, "a server that is young, on a small phone");
  await second.stop();
  await expect(nodes(page).filter({ hasText: /Stopped at \d\d:\d\d/ })).toHaveCount(1);
  await expect(page.getByText("All is well.")).toBeVisible();
  expect(second.errors).toEqual([]);
});

test("to a member it is a page that is not there, and no way leads to it", async ({ person, problems }) => {
  problems.allow(/Failed to load resource.*404/);
  const ana = await person("Ana");
  await ana.page.goto("/settings/profile");
  await live(ana.page);
  await expect(ana.page.getByRole("link", { name: "Appearance" })).toBeVisible();
  await expect(ana.page.getByRole("link", { name: "Server health" })).toHaveCount(0);
  const seen: { title: string; text: string }[] = [];
  for (const section of ["health", "nonsense"]) {
    await ana.page.goto(`/settings/${section}`);
    await expect(ana.page.getByRole("heading", { name: "There's nothing at this address" })).toBeVisible();
    seen.push({ title: await ana.page.title(), text: await ana.page.getByRole("main").innerText() });
  }
  expect(seen[0]).toEqual(seen[1]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a node that died is named, the hour is drawn, and axe has nothing to say, in ${colorScheme}`, async ({
    page,
    admin,
    server,
    problems,
  }) => {
    problems.watch(page);
    await page.emulateMedia({ colorScheme });
    await enter(page, admin);
    await leaveBehind(server.databaseUrl);
    await page.goto("/settings/health");
    await expect(page.getByText("attic (4711) has said nothing for 5 min.").first()).toBeVisible();
    await expect(nodes(page).filter({ hasText: "Silent for 5 min" }).first()).toBeVisible();
    const delivery = page.getByRole("slider", { name: "Delivery", exact: true });
    await delivery.press("ArrowLeft");
    await expect(delivery).toHaveAttribute(
      "aria-valuetext",
      /^p50 [\d.]+ ms, p95 [\d.]+ ms, p99 [\d.]+ ms, at \d\d:\d\d$/,
    );
    await expect(page.getByRole("slider", { name: "Messages" })).toBeVisible();
    await isAccessible(page, "the health of the server");
    await page.setViewportSize({ width: 390, height: 844 });
    await isAccessible(page, "the health of the server, on a phone");
    const { scroll, width } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      width: document.documentElement.clientWidth,
    }));
    expect(scroll, "nothing sticks out").toBe(width);
  });
}

test("when it cannot be read that is said, what was known stays, and it comes back by itself", async ({
  page,
  admin,
  server,
  problems,
}) => {
  problems.watch(page);
  problems.allow(/call\.failed/);
  await enter(page, admin);
  await page.goto("/settings/health");
  await expect(nodes(page).first()).toBeVisible();
  await administer(server.databaseUrl, "alter table node_report rename to node_report_away");
  await expect(page.getByText(/Health can't be read right now\. This is how it was at \d\d:\d\d\./)).toBeVisible();
  await expect(nodes(page).first()).toBeVisible();
  await administer(server.databaseUrl, "alter table node_report_away rename to node_report");
  await expect(page.getByText("Health can't be read")).toHaveCount(0);
});
