import type { MessagePage } from "#shared/messages.ts";
import { reads, say, words } from "./composer.ts";
import { expect, live, type Person, test } from "./fixtures.ts";
import { sidebar } from "./places.ts";
import { call, choose, group, lookAway, lookBack, reply, row, thread } from "./talk.ts";

test("what ana pins, ben finds in the panel, and is led to it", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const said = words("Tide times");
  await say(ana.page, said);
  await reads(ben.page, said);
  await choose(ana.page, row(ana.page, said), "Pin to");
  await expect(row(ben.page, said).getByText("Pinned by Ana")).toBeVisible();
  await ben.page.getByRole("button", { name: "Pinned messages" }).click();
  const panel = ben.page.getByRole("complementary", { name: "Pinned" });
  await expect(panel.getByText(said)).toBeVisible();
  await panel.getByRole("button", { name: said }).click();
  await expect(row(ben.page, said)).toBeInViewport();
  await panel.getByRole("button", { name: "Unpin" }).click();
  await expect(panel.getByText("Nothing is pinned")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Close" })).toBeFocused();
  await expect(row(ana.page, said).getByText("Pinned by")).toHaveCount(0);
});

test("what ana saves is in her list and nobody else's, and can be put back", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const said = words("For later");
  await say(ben.page, said);
  await reads(ana.page, said);
  await choose(ana.page, row(ana.page, said), "Save for later");
  await expect(row(ana.page, said).getByRole("img", { name: "Saved" })).toBeVisible();
  await ana.page.goto("/rooms/saved");
  await live(ana.page);
  const item = ana.page.getByRole("list", { name: "Saved messages" }).getByRole("listitem").filter({ hasText: said });
  await item.getByRole("button", { name: "Remove from saved" }).click();
  await item.getByRole("button", { name: "Save again" }).click();
  await item.getByRole("button", { name: said }).click();
  await expect(row(ana.page, said)).toBeInViewport();
  await ben.page.goto("/rooms/saved");
  await expect(ben.page.getByText("Nothing is saved")).toBeVisible();
});

test("what is edited says so at once in the lists of saved messages and of threads", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const [root, answer] = [words("Tell me"), words("Told you")];
  await say(ben.page, root);
  await reads(ana.page, root);
  await choose(ana.page, row(ana.page, root), "Save for later");
  await choose(ana.page, row(ana.page, root), "Reply in thread");
  await reply(ana.page, answer);
  await expect(thread(ana.page).getByText(answer)).toBeVisible();
  const { messages } = await call<MessagePage>(ana.page, "query", "message.page", { roomId });
  const rootId = messages.find(({ body }) => body === root)?.id;
  const replies = await call<MessagePage>(ana.page, "query", "thread.page", { rootId });
  const edit = async (by: Person, messageId: string | undefined, body: string) => {
    await call(by.page, "mutation", "message.edit", { messageId, body });
    return body;
  };
  const link = (name: string) => sidebar(ana.page).getByRole("link", { name });
  await link("Saved").click();
  const saved = ana.page.getByRole("list", { name: "Saved messages" });
  await expect(saved).toContainText(root);
  await expect(saved).toContainText(await edit(ben, rootId, words("Tell us")));
  await link("Threads").click();
  const threads = ana.page.getByRole("list", { name: "Threads you follow" });
  await expect(threads).toContainText(answer);
  await expect(threads).toContainText(await edit(ana, replies.messages[0]?.id, words("Told us all")));
  // Loaded here, no room is followed: the list is asked for again when she comes back to it.
  await ana.page.goto("/rooms/saved");
  await live(ana.page);
  await lookAway(ana.page);
  const last = await edit(ben, rootId, words("Tell nobody"));
  await lookBack(ana.page);
  await expect(saved).toContainText(last);
});
