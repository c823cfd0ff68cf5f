import { composer, reads, say, tabTo, words } from "./composer.ts";
import { expect, type Person, test } from "./fixtures.ts";
import { group, row, thread } from "./talk.ts";

/** Two messages of ana's, and the focus in her field. */
async function twoMessages(ana: Person, ...others: Person[]): Promise<[string, string]> {
  await group(ana, ...others);
  const [first, second] = [words("First"), words("Second")];
  for (const body of [first, second]) {
    await say(ana.page, body);
    await reads(ana.page, body);
  }
  return [first, second];
}

test("Tab reaches one message, and arrows walk from there", async ({ person }) => {
  const ana = await person("Ana");
  const [first, second] = await twoMessages(ana);
  await composer(ana.page).focus();
  await tabTo(ana.page, row(ana.page, second), "Shift+Tab");
  await ana.page.keyboard.press("ArrowUp");
  await expect(row(ana.page, first)).toBeFocused();
  await ana.page.keyboard.press("ArrowDown");
  await expect(row(ana.page, second)).toBeFocused();
  await ana.page.keyboard.press("ArrowRight");
  await expect(row(ana.page, second).getByRole("toolbar").getByRole("button").first()).toBeFocused();
  await ana.page.keyboard.press("Escape");
  await expect(row(ana.page, second)).toBeFocused();
});

test("letters act on the message that has the focus", async ({ person }) => {
  const ana = await person("Ana");
  const [, second] = await twoMessages(ana);
  const message = row(ana.page, second);
  await composer(ana.page).focus();
  await tabTo(ana.page, row(ana.page, second), "Shift+Tab");

  await ana.page.keyboard.press("e");
  const box = ana.page.getByRole("textbox", { name: "Edit message" });
  await expect(box).toBeFocused();
  await expect(box, "the letter itself is not written").toHaveValue(second);
  await box.press("Escape");
  await expect(message, "the keyboard goes on from there").toBeFocused();

  await ana.page.keyboard.press("p");
  await expect(message.getByText("Pinned by you")).toBeVisible();
  await ana.page.keyboard.press("p");
  await expect(message.getByText("Pinned by you")).toHaveCount(0);

  await ana.page.keyboard.press("Delete");
  await expect(ana.page.getByRole("alertdialog", { name: "Delete this message?" })).toBeVisible();
  await ana.page.getByRole("button", { name: "Cancel" }).click();
  await reads(ana.page, second);

  await message.focus();
  await ana.page.keyboard.press("r");
  await expect(ana.page.getByRole("button", { name: "Cancel reply" })).toBeVisible();
  await expect(composer(ana.page)).toBeFocused();
  await ana.page.keyboard.press("Escape");
  await expect(ana.page.getByRole("button", { name: "Cancel reply" })).toHaveCount(0);

  await message.focus();
  await ana.page.keyboard.press("t");
  await expect(thread(ana.page).getByText(second)).toBeVisible();
});

test("S saves any message, also one that goes on below another", async ({ person }) => {
  const ana = await person("Ana");
  const [first, second] = await twoMessages(ana);
  for (const body of [first, second]) {
    await row(ana.page, body).focus();
    await ana.page.keyboard.press("s");
    await expect(row(ana.page, body).getByRole("img", { name: "Saved" })).toBeVisible();
  }
});

test("ben's E and Delete do nothing to what ana wrote; his R quotes it", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const [, second] = await twoMessages(ana, ben);
  await reads(ben.page, second);
  await row(ben.page, second).focus();
  for (const key of ["e", "Delete"]) await ben.page.keyboard.press(key);
  await ben.page.keyboard.press("r");
  await expect(ben.page.getByRole("button", { name: "Cancel reply" })).toBeVisible();
  await expect(ben.page.getByRole("textbox", { name: "Edit message" })).toHaveCount(0);
  await expect(ben.page.getByRole("alertdialog")).toHaveCount(0);
});

test("Enter opens the menu of the message, and Esc gives the focus back to it", async ({ person }) => {
  const ana = await person("Ana");
  const [, second] = await twoMessages(ana);
  await composer(ana.page).focus();
  await tabTo(ana.page, row(ana.page, second), "Shift+Tab");
  for (const key of ["Enter", "Shift+F10"]) {
    await ana.page.keyboard.press(key);
    await expect(ana.page.getByRole("menu", { name: "Message actions" })).toBeVisible();
    await ana.page.keyboard.press("Escape");
    await expect(row(ana.page, second)).toBeFocused();
  }
});

test("a letter after a click on a message does nothing to it, and is written", async ({ person }) => {
  const ana = await person("Ana");
  const [, second] = await twoMessages(ana);
  const message = row(ana.page, second);
  await message.click();
  await expect(message).toBeFocused();
  for (const key of ["p", "e", "Delete"]) await ana.page.keyboard.press(key);
  await expect(composer(ana.page)).toHaveValue("pe");
  // The control: whoever comes back with the keyboard means the message, and by then the others would have acted.
  await expect(async () => {
    await composer(ana.page).focus();
    await tabTo(ana.page, message, "Shift+Tab");
    await ana.page.keyboard.press("r");
    await expect(ana.page.getByRole("button", { name: "Cancel reply" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(message.getByText("Pinned by you")).toHaveCount(0);
  await expect(ana.page.getByRole("textbox", { name: "Edit message" })).toHaveCount(0);
  await expect(ana.page.getByRole("alertdialog")).toHaveCount(0);
});

test("what is typed after a press in a thread is written in the thread, not in the room", async ({ person }) => {
  const ana = await person("Ana");
  const [, second] = await twoMessages(ana);
  await row(ana.page, second).hover();
  await row(ana.page, second).getByRole("button", { name: "Reply in thread" }).click();
  const field = thread(ana.page).getByRole("textbox", { name: "Reply" });
  const said = words("In the thread");
  await field.fill(said);
  await field.press("Enter");
  const reply = thread(ana.page).getByRole("article").filter({ hasText: said });
  await reply.click();
  await expect(reply).toBeFocused();
  await ana.page.keyboard.type("only here");
  await expect(field).toHaveValue("only here");
  await expect(composer(ana.page)).toHaveValue("");
});
