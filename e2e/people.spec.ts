import { reads, say, words } from "./composer.ts";
import { expect, live, signIn, test } from "./fixtures.ts";
import { message, row } from "./places.ts";

test("ana takes another name and colour, and ben sees them at once, without a reload", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await message(ben.page, ana);
  const said = words("Before the new name");
  await say(ben.page, said);
  await ana.page.goto("/settings/profile");
  await live(ana.page);
  await ana.page.getByLabel("Display name").fill("Ana of the Gulls");
  await ana.page.getByLabel("Initials (optional)").fill("AG");
  await ana.page.getByRole("radio", { name: "Violet" }).check({ force: true });
  await ana.page.getByRole("button", { name: "Save profile" }).click();
  await expect(ana.page.getByText("Saved. Everyone sees it now.")).toBeVisible();
  await expect(row(ben.page, "Ana of the Gulls")).toBeVisible();
  await expect(ben.page.getByRole("heading", { level: 1, name: "Ana of the Gulls" })).toBeVisible();
  await expect(row(ben.page, "Ana of the Gulls").getByText("AG")).toBeVisible();
});

test("a name of blanks is refused at its field, and nothing changes", async ({ person }) => {
  const ana = await person("Ana");
  await ana.page.goto("/settings/profile");
  await live(ana.page);
  await ana.page.getByLabel("Display name").fill("   ");
  await ana.page.getByRole("button", { name: "Save profile" }).click();
  await expect(ana.page.getByLabel("Display name")).toHaveAccessibleDescription(/at least one visible character/);
});

test("a status is seen by the others, and goes by itself when its time is over", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await message(ben.page, ana);
  await ben.page.clock.install();
  await ana.page.getByRole("button", { name: /status and settings/ }).click();
  await ana.page.getByRole("menuitem", { name: "Set a status" }).click();
  const dialog = ana.page.getByRole("dialog", { name: "Your status" });
  await expect(dialog.getByRole("textbox", { name: "Status" })).toBeFocused();
  await dialog.getByRole("textbox", { name: "Status" }).fill("At the bakery");
  await dialog.getByRole("button", { name: /^For how long/ }).click();
  await ana.page.getByRole("menuitem", { name: "For 30 minutes" }).click();
  await dialog.getByRole("button", { name: "Save status" }).click();
  const header = ben.page.getByRole("banner").or(ben.page.locator("main header"));
  await expect(header.getByText("At the bakery")).toBeVisible();
  await ben.page.clock.fastForward("31:00");
  await expect(header.getByText("At the bakery")).toHaveCount(0);
});

test("a card shows who somebody is, and leads to them", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const said = words("Press my name");
  await say(ben.page, said);
  await reads(ana.page, said);
  await ana.page.getByRole("button", { name: /^\d+ members$/ }).click();
  const panel = ana.page.getByRole("complementary", { name: "Members" });
  await panel.getByRole("textbox", { name: "Find someone" }).fill(ben.username);
  await panel.getByRole("button", { name: new RegExp(`@${ben.username}`) }).click();
  const card = ana.page.getByRole("dialog", { name: "Profile of Ben" });
  await expect(card.getByText(`@${ben.username}`)).toBeVisible();
  await expect(card.getByText("Here now")).toBeVisible();
  await card.getByRole("button", { name: "Message" }).click();
  await expect(ana.page.getByRole("heading", { level: 1, name: "Ben" })).toBeVisible();
});

test("ana signs out another device from here, and then all the others", async ({
  person,
  browser,
  server,
  problems,
}) => {
  problems.allow(/WebSocket connection/, /401/, /Failed to load resource/);
  const ana = await person("Ana");
  const others = await Promise.all(
    [1, 2].map(async () => {
      const page = await (await browser.newContext({ baseURL: server.url })).newPage();
      await page.goto("/sign-in");
      await signIn(page, ana);
      await live(page);
      return page;
    }),
  );
  await ana.page.goto("/settings/devices");
  const rows = ana.page.getByRole("listitem").filter({ has: ana.page.getByRole("button", { name: /^Sign out/ }) });
  await expect(rows).toHaveCount(2);
  await expect(ana.page.getByText("Here now")).toHaveCount(1);
  await rows.first().getByRole("button").click();
  await expect(rows).toHaveCount(1);
  await ana.page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
  await expect(rows).toHaveCount(0);
  for (const page of others) {
    await expect(page).toHaveURL(/\/sign-in/);
    await page.context().close();
  }
  await ana.page.goto("/");
  await live(ana.page);
});

test("a new password signs out the other devices, and the old one no longer opens the door", async ({
  person,
  browser,
  server,
  problems,
}) => {
  problems.allow(/WebSocket connection/, /401/, /400/, /Failed to load resource/);
  const ana = await person("Ana");
  const context = await browser.newContext({ baseURL: server.url });
  const other = await context.newPage();
  await other.goto("/sign-in");
  await signIn(other, ana);
  await live(other);
  await ana.page.goto("/settings/password");
  await live(ana.page);
  await ana.page.getByLabel("Current password").fill("not this one");
  await ana.page.getByLabel("New password").fill("another horse battery staple");
  await ana.page.getByRole("button", { name: "Change password" }).click();
  await expect(ana.page.getByLabel("Current password")).toBeFocused();
  // The same again says the same, and leads there again.
  await ana.page.getByRole("button", { name: "Change password" }).click();
  await expect(ana.page.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  await expect(ana.page.getByLabel("Current password")).toBeFocused();
  await ana.page.getByLabel("Current password").fill(ana.password);
  await ana.page.getByRole("button", { name: "Change password" }).click();
  await expect(ana.page.getByText("Changed. Your other devices are signed out.")).toBeVisible();
  await expect(other.getByText("You were signed out here.")).toBeVisible();
  await signIn(other, ana);
  await expect(other.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await signIn(other, { ...ana, password: "another horse battery staple" });
  await live(other);
  await context.close();
});

test("the theme that ana chose is there with the first byte of the next page", async ({ person }) => {
  const ana = await person("Ana");
  await ana.page.goto("/settings/appearance");
  await live(ana.page);
  await ana.page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await expect(ana.page.locator("html")).toHaveAttribute("data-theme", "dark");
  const html = await (await ana.context.request.get("/settings/appearance")).text();
  expect(html).toMatch(/<html[^>]* data-theme="dark"/);
  await ana.page.getByRole("radio", { name: "As the system" }).check({ force: true });
  await expect(ana.page.locator("html")).not.toHaveAttribute("data-theme");
});
