import { reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { choose, group, row } from "./talk.ts";

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
