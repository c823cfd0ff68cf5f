import { composer, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { channelName, goTo, newChannel, openPalette, row, sidebar } from "./places.ts";

test("Ctrl+K finds a room by a few letters of its name, and Enter goes there", async ({ person }) => {
  const ana = await person("Ana");
  const name = channelName("music-library");
  await newChannel(ana.page, name);
  await goTo(ana.page, "lobby");
  await composer(ana.page).focus();
  await openPalette(ana.page);
  await ana.page.keyboard.type("mulib");
  await expect(ana.page.getByRole("option", { selected: true })).toContainText(name);
  await ana.page.keyboard.press("Enter");
  await expect(ana.page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("Ctrl+K opens what one can do, and a person with whom there is no room yet", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await openPalette(ana.page);
  await ana.page.keyboard.type("> new chan");
  await ana.page.keyboard.press("Enter");
  await expect(ana.page.getByRole("dialog", { name: "New channel" })).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await expect(ana.page.getByRole("dialog")).toHaveCount(0);
  await openPalette(ana.page);
  await ana.page.keyboard.type(ben.username);
  await expect(ana.page.getByRole("option", { selected: true })).toContainText(`@${ben.username}`);
  await ana.page.keyboard.press("Enter");
  await expect(ana.page.getByRole("heading", { level: 1, name: "Ben" })).toBeVisible();
});

test("Alt with arrows walks the rooms, with Shift those with something new", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const [first, second] = [channelName("walk-a"), channelName("walk-b")];
  await newChannel(ben.page, first, [ana]);
  await newChannel(ben.page, second, [ana]);
  await expect(row(ana.page, second)).toBeVisible();
  const heading = ana.page.getByRole("heading", { level: 1 }).and(ana.page.locator("main h1"));
  await ana.page.keyboard.press("Alt+ArrowDown");
  await expect(heading).toHaveText(first);
  await ana.page.keyboard.press("Alt+ArrowUp");
  await expect(heading).toHaveText("lobby");
  await say(ben.page, words("Over here"));
  await expect(row(ana.page, second)).toHaveAccessibleName(/1 unread/);
  await ana.page.keyboard.press("Alt+Shift+ArrowDown");
  await expect(heading, "past the one where nothing is new").toHaveText(second);
});

test("the list is one stop for Tab, and arrows walk it", async ({ person }) => {
  const ana = await person("Ana");
  const name = channelName("stop");
  await newChannel(ana.page, name);
  await goTo(ana.page, "lobby");
  await row(ana.page, "lobby").focus();
  await ana.page.keyboard.press("ArrowDown");
  await expect(row(ana.page, name)).toBeFocused();
  await ana.page.keyboard.press("Home");
  await expect(sidebar(ana.page).getByRole("link", { name: "Threads" })).toBeFocused();
  await ana.page.keyboard.press("End");
  await expect(row(ana.page, name)).toBeFocused();
  await ana.page.keyboard.press("Enter");
  await expect(ana.page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("a question mark shows the keys, except while one is writing it", async ({ person }) => {
  const ana = await person("Ana");
  const help = ana.page.getByRole("dialog", { name: "Keyboard" });
  await composer(ana.page).fill("");
  await composer(ana.page).press("?");
  await expect(composer(ana.page)).toHaveValue("?");
  await expect(help).toHaveCount(0);
  await ana.page.keyboard.press("Control+/");
  await expect(help).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await row(ana.page, "lobby").focus();
  await ana.page.keyboard.press("?");
  await expect(help).toBeVisible();
});

test("a dialog gives the focus back to where it was", async ({ person }) => {
  const ana = await person("Ana");
  const add = sidebar(ana.page).getByRole("button", { name: "New channel" });
  await add.focus();
  await ana.page.keyboard.press("Enter");
  await expect(ana.page.getByRole("dialog", { name: "New channel" })).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await expect(add).toBeFocused();
  await live(ana.page);
});
