import { isAccessible } from "./axe.ts";
import { composer, reads, say, tabTo, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { channelName, choose, memberMenu, newChannel, openMembers } from "./places.ts";

for (const colorScheme of ["light", "dark"] as const) {
  for (const [device, viewport] of [
    ["a desk", { width: 1280, height: 800 }],
    ["a phone", { width: 390, height: 844 }],
  ] as const) {
    test(`axe finds nothing, in the ${colorScheme}, at ${device}`, async ({ person, browser, server, problems }) => {
      problems.allow(/Failed to load resource.*404/);
      const ana = await person("Ana");
      await ana.page.emulateMedia({ colorScheme });
      await ana.page.setViewportSize(viewport);
      await say(ana.page, words("Something with a link: https://example.org"));
      await isAccessible(ana.page, "the room");
      const overflow = await ana.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, "nothing sticks out sideways").toBeLessThanOrEqual(0);
      await ana.page.goto("/rooms");
      await isAccessible(ana.page, "the list");
      for (const path of [
        "/rooms/browse",
        "/settings",
        "/settings/profile",
        "/settings/devices",
        "/settings/password",
      ]) {
        await ana.page.goto(path);
        await live(ana.page);
        await isAccessible(ana.page, path);
      }
      await ana.page.goto("/settings/appearance");
      await live(ana.page);
      await isAccessible(ana.page, "appearance");
      await ana.page.goto("/no/such/page");
      await isAccessible(ana.page, "not found");
      const context = await browser.newContext({ baseURL: server.url, colorScheme, viewport });
      const page = await context.newPage();
      for (const path of ["/sign-in", "/sign-up"]) {
        await page.goto(path);
        await isAccessible(page, path);
      }
      await context.close();
    });
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in what opens over a room, in the ${colorScheme}`, async ({ person }) => {
    const [ana, ben] = [await person("Ana"), await person("Ben")];
    await ana.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await newChannel(ana.page, channelName("axe"), [ben]);
    const panel = await openMembers(ana.page);
    await isAccessible(ana.page, "members");
    await memberMenu(ana.page, panel, "Ben");
    await isAccessible(ana.page, "a member's menu");
    await ana.page.getByRole("menuitem", { name: "See profile" }).click();
    await expect(ana.page.getByRole("dialog", { name: "Profile of Ben" })).toBeVisible();
    await isAccessible(ana.page, "a card");
    await ana.page.keyboard.press("Escape");
    await ana.page.keyboard.press("Control+k");
    await expect(ana.page.getByRole("option").first()).toBeVisible();
    await isAccessible(ana.page, "the palette");
    await ana.page.keyboard.press("Escape");
    await expect(ana.page.getByRole("dialog")).toHaveCount(0);
    for (const [opens, title] of [
      ["New channel", "New channel"],
      ["New group", "New group"],
      ["Message somebody", "Message somebody"],
    ] as const) {
      await choose(ana.page, opens);
      const dialog = ana.page.getByRole("dialog", { name: title });
      await expect(dialog.getByRole("option").first()).toBeVisible();
      await isAccessible(ana.page, title);
      await ana.page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
    }
    await ana.page.keyboard.press("Control+/");
    await expect(ana.page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
    await isAccessible(ana.page, "the keys");
  });
}

test("a phone shows one column at a time, and long words wrap", async ({ person }) => {
  const ana = await person("Ana");
  await ana.page.setViewportSize({ width: 320, height: 640 });
  await ana.page.reload();
  await live(ana.page);
  const long = words("w".repeat(300));
  await say(ana.page, long);
  await reads(ana.page, long);
  const overflow = await ana.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await ana.page.getByRole("link", { name: "Back to rooms" }).click();
  await ana.page.getByRole("link", { name: "lobby" }).click();
  await expect(composer(ana.page)).toBeVisible();
  await live(ana.page);
});

test("with the keyboard alone: from sign-up to a message and out again", async ({
  admin: _,
  browser,
  server,
  problems,
}) => {
  const context = await browser.newContext({ baseURL: server.url });
  context.on("page", problems.watch);
  const page = await context.newPage();
  await page.goto("/sign-up");
  const button = page.getByRole("button", { name: "Create account" });
  await expect(button).toBeEnabled();
  await page.getByLabel("Username").focus();
  await page.keyboard.type(`keys-${Math.random().toString(36).slice(2, 8)}`);
  await page.keyboard.press("Tab");
  await page.keyboard.type("Keys");
  await page.keyboard.press("Tab");
  await page.keyboard.type("correct horse battery staple");
  await page.keyboard.press("Enter");
  await live(page);
  const said = words("Typed without a mouse");
  await tabTo(page, composer(page));
  await page.keyboard.type(said);
  await page.keyboard.press("Enter");
  await reads(page, said);
  await tabTo(page, page.getByRole("button", { name: "Sign out" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in/);
  await context.close();
});
