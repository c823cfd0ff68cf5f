import type { Page } from "@playwright/test";
import { isAccessible } from "./axe.ts";
import { reads, say, words } from "./composer.ts";
import { expect, live, type Person, test } from "./fixtures.ts";
import { call, group, open, reply, roomOn, row, thread } from "./talk.ts";

/** A group in which everything stands that a message can have; ana has it open. Answers what its messages begin with. */
async function richRoom(ana: Person, ben: Person): Promise<{ rich: string; plain: string }> {
  await group(ana, ben);
  const [rich, plain, gone] = [words("Rich"), words("Plain"), words("Gone")];
  const table = "| a | b |\n|---|---|\n| c | d |";
  const code = "```ts\nconst one: number = 1; // one\n```";
  const line = `${rich} **bold** _soft_ ~~not~~ \`code\` @${ana.username} #lobby https://example.org 🌊`;
  await say(ben.page, gone);
  await say(ben.page, [line, "> a quote", "- [x] done\n- [ ] to do", table, code].join("\n\n"));
  await expect(row(ana.page, rich).locator(".codeblock .q").first()).toBeVisible();
  await row(ana.page, rich).focus();
  await ana.page.keyboard.press("r");
  await say(ana.page, plain);
  await reads(ben.page, plain);
  // The first: what quotes it has its words too.
  const idOf = (body: string) => row(ben.page, body).first().getAttribute("data-message");
  const [richId, plainId, goneId] = [await idOf(rich), await idOf(plain), await idOf(gone)];
  await call(ben.page, "mutation", "message.delete", { messageId: goneId });
  await call(ben.page, "mutation", "message.react", { messageId: plainId, emoji: "👍", isOn: true });
  await call(ana.page, "mutation", "message.pin", { messageId: richId, isOn: true });
  await call(ana.page, "mutation", "message.save", { messageId: richId, isOn: true });
  await row(ben.page, plain).focus();
  await ben.page.keyboard.press("t");
  await reply(ben.page, words("An answer"));
  await expect(row(ana.page, plain).getByRole("button", { name: /1 reply/ })).toBeVisible();
  return { rich, plain };
}

async function opensAndCloses(page: Page, dialog: string): Promise<void> {
  await expect(page.getByRole("dialog", { name: dialog })).toBeVisible();
  await isAccessible(page, dialog);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in talk and in the panels beside it, in the ${colorScheme}`, async ({ person }) => {
    const [ana, ben] = [await person("Ana"), await person("Ben")];
    const { page } = ana;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { rich, plain } = await richRoom(ana, ben);
    await isAccessible(page, "a room where people talk");
    await row(page, plain)
      .getByRole("button", { name: /1 reply/ })
      .click();
    await expect(thread(page).getByText("An answer")).toBeVisible();
    await isAccessible(page, "a thread");
    await page.getByRole("button", { name: "Pinned messages" }).click();
    await expect(page.getByRole("complementary", { name: "Pinned" }).getByText(rich)).toBeVisible();
    await isAccessible(page, "what is pinned");
    await page.getByRole("button", { name: /^More about/ }).click();
    await page.getByRole("menuitem", { name: "Details and settings" }).click();
    await expect(page.getByRole("complementary", { name: "Details" })).toBeVisible();
    await isAccessible(page, "details");
  });

  test(`axe finds nothing in what waits for ana, in the ${colorScheme}`, async ({ person }) => {
    const [ana, ben] = [await person("Ana"), await person("Ben")];
    const { page } = ana;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await richRoom(ana, ben);
    const roomId = roomOn(page);
    for (const [path, list] of [
      ["/rooms/threads", "Threads you follow"],
      ["/rooms/saved", "Saved messages"],
    ] as const) {
      await page.goto(path);
      await live(page);
      await expect(page.getByRole("list", { name: list }).getByRole("listitem").first()).toBeVisible();
      await isAccessible(page, path);
    }
    await call(page, "mutation", "me.markUnread", { roomId, seq: 1 });
    await open(ana, roomId);
    await expect(page.getByText("New", { exact: true })).toBeVisible();
    await isAccessible(page, "a room with something new");
  });

  test(`axe finds nothing in what opens over a message, in the ${colorScheme}`, async ({ person }) => {
    const [ana, ben] = [await person("Ana"), await person("Ben")];
    const { page } = ana;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { plain } = await richRoom(ana, ben);
    const message = row(page, plain);
    await message.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu", { name: "Message actions" })).toBeVisible();
    await isAccessible(page, "a message's menu");
    await page.getByRole("menuitem", { name: "Message info" }).click();
    await opensAndCloses(page, "Message info");
    await message.hover();
    await message.getByRole("toolbar").getByRole("button", { name: "Add a reaction" }).click();
    await expect(page.getByRole("gridcell").first()).toBeVisible();
    await isAccessible(page, "the emoji picker");
  });

  test(`axe finds nothing while ana changes a message, in the ${colorScheme}`, async ({ person }) => {
    const [ana, ben] = [await person("Ana"), await person("Ben")];
    const { page } = ana;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { plain } = await richRoom(ana, ben);
    await row(page, plain).focus();
    await page.keyboard.press("e");
    const box = page.getByRole("textbox", { name: "Edit message" });
    await expect(box).toBeFocused();
    await isAccessible(page, "an edit");
    const edited = words("Edited");
    await box.fill(edited);
    await box.press("Enter");
    await row(page, edited)
      .getByRole("button", { name: /^Edited/ })
      .click();
    await opensAndCloses(page, "Edit history");
    await row(page, edited).focus();
    await page.keyboard.press("Delete");
    await expect(page.getByRole("alertdialog", { name: "Delete this message?" })).toBeVisible();
    await isAccessible(page, "a question");
  });
}
