import { reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { arrived, channelName, choose, goTo, message, newChannel, pick, row, sidebar } from "./places.ts";

test("favourites stand on top, on every device, and in one place only", async ({ person }) => {
  const ana = await person("Ana");
  const name = channelName("attic");
  await newChannel(ana.page, name);
  const second = await ana.context.newPage();
  await second.goto("/");
  await live(second);
  await ana.page.getByRole("button", { name: "Add to favourites" }).click();
  for (const page of [ana.page, second]) {
    await expect(sidebar(page).getByRole("list", { name: "Favourites" }).getByRole("link")).toHaveCount(1);
    await expect(row(page, name)).toHaveCount(1);
  }
  await ana.page.getByRole("button", { name: "Take out of favourites" }).click();
  await expect(sidebar(second).getByRole("list", { name: "Favourites" })).toHaveCount(0);
});

test("a folded section stays folded over a reload, and shows what is new in it", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const [loud, silent] = [channelName("loud"), channelName("silent")];
  await newChannel(ben.page, silent, [ana]);
  await newChannel(ben.page, loud, [ana]);
  await expect(row(ana.page, silent)).toBeVisible();
  await sidebar(ana.page).getByRole("button", { name: "Channels", exact: true }).click();
  await expect(row(ana.page, silent)).toHaveCount(0);
  await expect(row(ana.page, "lobby"), "where she is").toBeVisible();
  await ana.page.reload();
  await live(ana.page);
  await expect(row(ana.page, silent)).toHaveCount(0);
  await say(ben.page, words("Psst"));
  await expect(row(ana.page, loud)).toBeVisible();
  await sidebar(ana.page).getByRole("button", { name: "Channels", exact: true }).click();
  await expect(row(ana.page, silent)).toBeVisible();
});

test("a room is marked as read from its menu, and its link is copied", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("pile");
  await newChannel(ben.page, name, [ana]);
  for (const each of ["one", "two", "three"]) await say(ben.page, words(each));
  await expect(row(ana.page, name)).toHaveAccessibleName(/3 unread/);
  await row(ana.page, name).click({ button: "right" });
  await ana.page.getByRole("menuitem", { name: "Mark as read" }).click();
  await expect(row(ana.page, name)).not.toHaveAccessibleName(/unread/);
  await ana.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await row(ana.page, name).press("Shift+F10");
  await ana.page.getByRole("menuitem", { name: "Copy link" }).click();
  await expect(ana.page.getByText("Link copied")).toBeVisible();
  expect(await ana.page.evaluate(() => navigator.clipboard.readText())).toBe(ben.page.url());
});

test("the address to join with is copied from the menu, however much has been said", async ({ person, server }) => {
  const { page, context } = await person("Ana");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await choose(page, "Invite people");
  await expect(page.getByText("Send it to whoever should be here.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(server.url);
});

test("direct rooms stand by their last word", async ({ person }) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  for (const other of [ben, cleo]) {
    await message(ana.page, other);
    const said = words(`To ${other.name}`);
    await say(ana.page, said);
    await reads(ana.page, said);
  }
  const directs = sidebar(ana.page).getByRole("list", { name: "Direct messages" }).getByRole("link");
  await expect(directs).toHaveText([/Cleo/, /Ben/]);
  await message(ben.page, ana);
  await say(ben.page, words("And from Ben"));
  await expect(directs.first()).toHaveAccessibleName(/^Ben/);
});

test("a group has a title, and one without is refused at the field", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await choose(ana.page, "New group");
  await ana.page.getByRole("button", { name: "Create group" }).click();
  await expect(ana.page.getByLabel("Title")).toHaveAccessibleDescription("A group has a title.");
  const title = words("Before the gulls");
  await ana.page.getByLabel("Title").fill(title);
  await pick(ana.page, "People", [ben]);
  await ana.page.getByRole("button", { name: "Create group" }).click();
  await arrived(ana.page, title);
  await goTo(ben.page, title);
});

test("on a phone a long press opens a room's menu, and does not open the room", async ({ person }) => {
  const ana = await person("Ana");
  await ana.page.setViewportSize({ width: 390, height: 844 });
  await ana.page.goto("/rooms");
  await live(ana.page);
  const touch = { pointerType: "touch", isPrimary: true, bubbles: true, clientX: 100, clientY: 260 };
  await row(ana.page, "lobby").dispatchEvent("pointerdown", touch);
  await expect(ana.page.getByRole("menu")).toBeVisible();
  await expect(ana.page).toHaveURL(/\/rooms$/);
});
