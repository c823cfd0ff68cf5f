import { composer, outbox, reads, say, words } from "./composer.ts";
import { expect, live, signIn, test } from "./fixtures.ts";
import { TestServer } from "./server.ts";

test("ana on one node and ben on another talk as if there were one", async ({ person, browser, server, postgres }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const second = await TestServer.create(postgres.url);
  await second.start();
  const context = await browser.newContext({ baseURL: second.url });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, ben);
  await live(page);
  const [hello, answer] = [words("Across nodes"), words("And back")];
  await say(ana.page, hello);
  await reads(page, hello);
  await say(page, answer);
  await reads(ana.page, answer);
  await context.close();
  await second.stop();
  expect(second.errors).toEqual([]);
  expect(server.errors).toEqual([]);
});

test("who sends too quickly is told how long to wait, loses nothing, and others are not slowed", async ({
  person,
  browser,
  postgres,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const strict = await TestServer.create(postgres.url, { RATE_MESSAGES_PER_MINUTE: "4" });
  await strict.start();
  const context = await browser.newContext({ baseURL: strict.url });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, ana);
  await live(page);
  const said = Array.from({ length: 5 }, (_, n) => words(`quick ${n}`));
  for (const body of said) await say(page, body);
  await expect(page.getByText(/You're sending quickly\. Next one in \d+\ss\./)).toBeVisible();
  await expect(composer(page), "writing goes on").toBeEditable();
  const other = words("Ben is not slowed");
  await say(ben.page, other);
  await reads(page, other);
  // One more every quarter of a minute, at this limit.
  await expect(outbox(page)).toHaveCount(0, { timeout: 25_000 });
  for (const body of said) await reads(ben.page, body);
  await context.close();
  await strict.stop();
});
