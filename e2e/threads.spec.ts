import { composer, history, reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { group, reply, row, thread } from "./talk.ts";

test("ana and ben talk in a thread; the room shows only that they do", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const [root, first, second] = [words("Where does it crackle"), words("By the bridge"), words("Mostly pigeons")];
  await say(ana.page, root);
  await reads(ben.page, root);
  await row(ben.page, root).hover();
  await row(ben.page, root).getByRole("button", { name: "Reply in thread" }).click();
  await reply(ben.page, first);
  await expect(thread(ben.page).getByText(first)).toBeVisible();
  const line = row(ana.page, root).getByRole("button", { name: /1 reply/ });
  await line.click();
  await expect(thread(ana.page).getByText(first)).toBeVisible();
  await reply(ana.page, second);
  await expect(thread(ben.page).getByText(second)).toBeVisible();
  await expect(row(ben.page, root).getByRole("button", { name: /2 replies/ })).toBeVisible();
  await expect(history(ana.page).getByText(second), "not in the room").toHaveCount(0);
});

test("the address keeps the thread: a reload has it, the way back closes it", async ({ person }) => {
  const ana = await person("Ana");
  await group(ana);
  const root = words("Keep this open");
  await say(ana.page, root);
  await reads(ana.page, root);
  await row(ana.page, root).hover();
  await row(ana.page, root).getByRole("button", { name: "Reply in thread" }).click();
  await expect(thread(ana.page)).toBeVisible();
  await ana.page.reload();
  await live(ana.page);
  await expect(thread(ana.page).getByText(root)).toBeVisible();
  await thread(ana.page).getByRole("button", { name: "Close" }).click();
  await expect(thread(ana.page)).toHaveCount(0);
  await row(ana.page, root).hover();
  await row(ana.page, root).getByRole("button", { name: "Reply in thread" }).click();
  await expect(thread(ana.page)).toBeVisible();
  await ana.page.goBack();
  await expect(thread(ana.page)).toHaveCount(0);
  await reads(ana.page, root);
});

test("what is begun in a thread and in the room stays each in its place", async ({ person }) => {
  const ana = await person("Ana");
  await group(ana);
  const root = words("Two drafts");
  await say(ana.page, root);
  await reads(ana.page, root);
  await composer(ana.page).fill("for the room");
  await row(ana.page, root).hover();
  await row(ana.page, root).getByRole("button", { name: "Reply in thread" }).click();
  const field = thread(ana.page).getByRole("textbox", { name: "Reply" });
  await field.fill("for the thread");
  await ana.page.reload();
  await live(ana.page);
  await expect(field).toHaveValue("for the thread");
  await expect(composer(ana.page)).toHaveValue("for the room");
});

test("a thread that ana follows waits for her in the list, and is read when she saw it", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const [root, news] = [words("Tell me more"), words("More of it")];
  await say(ana.page, root);
  await reads(ben.page, root);
  await ana.page.goto("/rooms/threads");
  await live(ana.page);
  await row(ben.page, root).hover();
  await row(ben.page, root).getByRole("button", { name: "Reply in thread" }).click();
  await reply(ben.page, news);
  const item = ana.page
    .getByRole("list", { name: "Threads you follow" })
    .getByRole("listitem")
    .filter({ hasText: root });
  await expect(item).toContainText("1 new");
  await expect(item, "what was answered last").toContainText(`Ben ${news}`);
  await expect(ana.page.getByRole("link", { name: /^Threads\b.*\b1 unread/ })).toBeVisible();
  await item.getByRole("button", { name: root }).click();
  await expect(thread(ana.page).getByText(news)).toBeVisible();
  await expect(ana.page.getByRole("link", { name: "Threads", exact: true }), "nothing waits").toBeVisible();
  await ana.page.goto("/rooms/threads");
  await expect(item).toBeVisible();
  await expect(item).not.toContainText("1 new");
});

test("ben's name in a thread that he does not look at makes it stand out, in the list and in the title", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const root = words("Plans");
  await say(ana.page, root);
  await reads(ben.page, root);
  await ben.page.goto("/rooms/saved");
  await live(ben.page);
  await row(ana.page, root).hover();
  await row(ana.page, root).getByRole("button", { name: "Reply in thread" }).click();
  await reply(ana.page, words(`What do you say, @${ben.username}`));
  const way = ben.page.getByRole("link", { name: /^Threads/ });
  await expect(way).toHaveAccessibleName("Threads , 1 unread, somebody asks for you");
  await expect(ben.page).toHaveTitle(/^\(1\) Saved, /);
  await way.click();
  const item = ben.page.getByRole("list", { name: "Threads you follow" }).getByRole("listitem");
  await expect(item).toContainText("1 new, for you");
  await item.getByRole("button", { name: root }).click();
  await expect(way).toHaveAccessibleName("Threads");
  await expect(ben.page).not.toHaveTitle(/^\(/);
});
