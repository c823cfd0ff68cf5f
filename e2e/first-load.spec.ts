import { gzipSync } from "node:zlib";
import { reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";

/** In bytes, as gzip makes them. */
const JAVASCRIPT_MAX = 250_000;

test("a room's first load is light: what opens over it is fetched when it is wanted", async ({
  person,
  browser,
  server,
}) => {
  const ana = await person("Ana");
  const said = words("Here already");
  await say(ana.page, said);
  await reads(ana.page, said);
  const context = await browser.newContext({ baseURL: server.url, storageState: await ana.context.storageState() });
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script")
      scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(new URL(ana.page.url()).pathname);
  await live(page);
  await reads(page, said);
  await page.waitForLoadState("networkidle");
  const sizes = await Promise.all(scripts);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(sizes.length).toBeGreaterThan(3);
  expect(total, `${sizes.length} scripts`).toBeLessThanOrEqual(JAVASCRIPT_MAX);
  await context.close();
});
