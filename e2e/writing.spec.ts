import AxeBuilder from "@axe-core/playwright";
import { devices } from "@playwright/test";
import { composer, history, reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";

test("a draft survives a reload, and another tab hears it", async ({ person }) => {
  const ana = await person("Ana");
  const draft = words("Not yet said");
  const other = await ana.context.newPage();
  await other.goto(ana.page.url());
  await live(other);
  // Out of the field: whoever is typing in it is not interrupted.
  await composer(other).blur();
  await composer(ana.page).fill(draft);
  await expect(composer(other)).toHaveValue(draft);
  await ana.page.reload();
  await expect(composer(ana.page)).toHaveValue(draft);
  await composer(ana.page).press("Enter");
  await reads(ana.page, draft);
  await expect(composer(other), "sent in one tab is gone from both").toHaveValue("");
});

test("no other tab writes into the field in which ana types", async ({ person }) => {
  const ana = await person("Ana");
  const other = await ana.context.newPage();
  await other.goto(ana.page.url());
  await live(other);
  await composer(other).fill("mine");
  await expect(composer(other)).toBeFocused();
  await composer(ana.page).fill("somebody else's");
  await composer(other).pressSequentially(", still");
  await expect(composer(other)).toHaveValue("mine, still");
});

test("the keys of bold, italic, code, strike and link mark the words, and Ctrl+Z takes it back", async ({ person }) => {
  const { page } = await person("Ana");
  for (const [keys, marked] of [
    ["Control+b", "**word**"],
    ["Control+i", "_word_"],
    ["Control+e", "`word`"],
    ["Control+Shift+x", "~~word~~"],
    ["Control+k", "[word](https://)"],
  ] as const) {
    await composer(page).fill("word");
    await composer(page).press("Control+a");
    await composer(page).press(keys);
    await expect(composer(page)).toHaveValue(marked);
    await composer(page).press("Control+z");
    await expect(composer(page)).toHaveValue("word");
  }
});

test("a second press takes the marks away", async ({ person }) => {
  const { page } = await person("Ana");
  await composer(page).fill("word");
  await composer(page).press("Control+a");
  await composer(page).press("Control+b");
  await composer(page).press("Control+b");
  await expect(composer(page)).toHaveValue("word");
});

test("a completed shortcode becomes the emoji, Ctrl+Z gives the letters back, and code keeps them", async ({
  person,
}) => {
  const { page } = await person("Ana");
  await composer(page).pressSequentially("done :tada:");
  await expect(composer(page)).toHaveValue("done 🎉");
  await composer(page).press("Control+z");
  await expect(composer(page)).toHaveValue("done :tada:");
  await composer(page).fill("");
  await composer(page).pressSequentially("at 10:30: `:tada:` ");
  await expect(composer(page)).toHaveValue("at 10:30: `:tada:` ");
});

test("pasted shortcodes become emoji too, all of them, and Ctrl+Z gives the pasted letters back", async ({
  person,
}) => {
  const { page, context } = await person("Ana");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const pasted = "Done :tada: and `:tada:`, at 10:30: :rocket: go";
  await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
  await composer(page).press("Control+v");
  await expect(composer(page)).toHaveValue("Done 🎉 and `:tada:`, at 10:30: 🚀 go");
  await composer(page).press("Control+z");
  await expect(composer(page)).toHaveValue(pasted);
});

test("a colon and two letters offer emoji: arrows walk, Enter picks, Esc closes and Enter then sends", async ({
  person,
}) => {
  const { page } = await person("Ana");
  const offered = page.getByRole("listbox", { name: "Suggestions" });
  await composer(page).pressSequentially("so :smil");
  await expect(offered.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await composer(page).press("ArrowDown");
  const second = offered.getByRole("option").nth(1);
  await expect(second).toHaveAttribute("aria-selected", "true");
  await expect(composer(page)).toHaveAttribute("aria-activedescendant", (await second.getAttribute("id")) ?? "none");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await composer(page).press("Enter");
  await expect(offered).toHaveCount(0);
  await expect(composer(page)).toHaveValue(/^so [^:\s]+ $/);
  const said = words("so");
  await composer(page).fill("");
  await composer(page).pressSequentially(`${said} :smil`);
  await expect(offered).toBeVisible();
  await composer(page).press("Escape");
  await expect(offered).toHaveCount(0);
  await composer(page).press("Enter");
  await reads(page, `${said} :smil`);
});

test("an emoji is picked from the picker with the keyboard alone, and stands where the caret was", async ({
  person,
}) => {
  const { page } = await person("Ana");
  await composer(page).fill("ab");
  await composer(page).press("ArrowLeft");
  await page.getByRole("button", { name: "Emoji" }).press("Enter");
  const search = page.getByRole("searchbox", { name: "Search emoji" });
  await expect(search).toBeFocused();
  await search.pressSequentially("party popper");
  await expect(page.getByRole("option", { name: "Party popper" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(composer(page)).toHaveValue("a🎉b");
  await expect(composer(page)).toBeFocused();
  await composer(page).pressSequentially("!");
  await expect(composer(page)).toHaveValue("a🎉!b");
});

test("Shift+Enter goes on with a list, and Enter breaks the line inside a fence", async ({ person }) => {
  const { page } = await person("Ana");
  await composer(page).pressSequentially("1. milk");
  await composer(page).press("Shift+Enter");
  await composer(page).pressSequentially("bread");
  await expect(composer(page)).toHaveValue("1. milk\n2. bread");
  await composer(page).fill("");
  await composer(page).pressSequentially("```");
  await composer(page).press("Shift+Enter");
  await composer(page).pressSequentially("code");
  await composer(page).press("Enter");
  await composer(page).pressSequentially("more");
  await expect(composer(page)).toHaveValue("```\ncode\nmore");
  await composer(page).press("Control+Enter");
  await expect(composer(page)).toHaveValue("");
});

test("the field grows with its text, to 40 % of the height and no further", async ({ person }) => {
  const { page } = await person("Ana");
  const heightOf = async () => (await composer(page).boundingBox())?.height ?? 0;
  const one = await heightOf();
  await composer(page).fill("a\nb\nc");
  expect(await heightOf()).toBeGreaterThan(one);
  await composer(page).fill("a\n".repeat(200));
  const height = page.viewportSize()?.height ?? 0;
  expect(await heightOf()).toBeLessThanOrEqual(Math.ceil(height * 0.4));
});

test("under a finger Enter breaks the line, and the button sends", async ({ person, browser, server }) => {
  const ana = await person("Ana");
  const context = await browser.newContext({
    ...devices["Pixel 7"],
    baseURL: server.url,
    storageState: await ana.context.storageState(),
  });
  const page = await context.newPage();
  await page.goto(ana.page.url());
  await live(page);
  const [first, second] = [words("first"), words("second")];
  await composer(page).fill(first);
  await composer(page).press("Enter");
  await composer(page).pressSequentially(second);
  await expect(composer(page)).toHaveValue(`${first}\n${second}`);
  await page.getByRole("button", { name: "Send" }).tap();
  await expect(history(page).getByText(second)).toHaveCount(1);
  await context.close();
});

test("pasting keeps the words and drops their looks", async ({ person }) => {
  const { page, context } = await person("Ana");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(async () => {
    const item = (type: string, text: string) => [type, new Blob([text], { type })] as const;
    await navigator.clipboard.write([
      new ClipboardItem(Object.fromEntries([item("text/html", "<b>loud</b> words"), item("text/plain", "loud words")])),
    ]);
  });
  await composer(page).focus();
  await composer(page).press("Control+v");
  await expect(composer(page)).toHaveValue("loud words");
});

test("words typed in one go are sent by Enter: no list steals it", async ({ person }) => {
  const { page } = await person("Ana");
  const said = words("mail ana@example.org at 10:30, see https://example.org/@ana#part");
  await say(page, said);
  await expect(composer(page)).toHaveValue("");
  await expect(history(page).getByText("10:30")).toHaveCount(1);
});
