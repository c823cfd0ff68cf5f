import type { Page } from "@playwright/test";
import { composer, reads, say, words } from "./composer.ts";
import { expect, test } from "./fixtures.ts";
import { group, row, thread } from "./talk.ts";

/** What fades is not resumed: a word of it that was said before somebody's screen listened is lost, and the next one is not. */
async function typesUntilSeen(from: Page, to: Page): Promise<void> {
  await expect(async () => {
    await composer(from).pressSequentially("hm ");
    await expect(to.getByText("Ana is typing")).toBeVisible({ timeout: 2_500 });
  }).toPass();
}

test("ben sees that ana types, ana does not, and it ends with her message", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const said = words("Nearly done");
  await typesUntilSeen(ana.page, ben.page);
  await expect(ana.page.getByText("is typing")).toHaveCount(0);
  await say(ana.page, said);
  await reads(ben.page, said);
  await expect(ben.page.getByText("Ana is typing")).toHaveCount(0);
});

test("typing that stops is over after a few seconds", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  await typesUntilSeen(ana.page, ben.page);
  await expect(ben.page.getByText("Ana is typing")).toHaveCount(0, { timeout: 8_000 });
});

test("typing in a thread shows in the thread, and not in the room", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const root = words("In here");
  await say(ana.page, root);
  await reads(ben.page, root);
  for (const { page } of [ana, ben]) {
    await row(page, root).hover();
    await row(page, root).getByRole("button", { name: "Reply in thread" }).click();
    await expect(thread(page)).toBeVisible();
  }
  await thread(ana.page).getByRole("textbox", { name: "Reply" }).pressSequentially("Hm");
  await expect(thread(ben.page).getByText("Ana is typing")).toBeVisible();
  await expect(ben.page.getByText("Ana is typing")).toHaveCount(1);
});
