import { composer, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { arrived, channelName, confirm, newChannel, row } from "./places.ts";

test("ben finds ana's channel, joins it and writes in it; a private one is not there", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const start = channelName("harbour");
  const [open, closed] = [`${start}-open`, `${start}-closed`];
  await newChannel(ana.page, closed, [], true);
  await newChannel(ana.page, open);
  await ben.page.getByRole("button", { name: "New", exact: true }).click();
  await ben.page.getByRole("menuitem", { name: "Browse channels" }).click();
  await ben.page.getByRole("textbox", { name: "Find a channel" }).fill(start);
  const found = ben.page.getByRole("list", { name: "Channels" }).getByRole("listitem").filter({ hasText: "member" });
  await expect(found).toHaveCount(1);
  await expect(found).toContainText("1 member");
  await ben.page.getByRole("button", { name: `Join #${open}` }).click();
  await arrived(ben.page, open);
  await say(ben.page, words("Found you"));
  await expect(row(ben.page, open)).toBeVisible();
  await expect(ana.page.getByRole("button", { name: "2 members" })).toBeVisible();
});

test("a room that was archived is in its own tab, for those who were in it", async ({ person }) => {
  const ana = await person("Ana");
  const name = channelName("old");
  await newChannel(ana.page, name);
  await ana.page.getByRole("button", { name: `More about #${name}` }).click();
  await ana.page.getByRole("menuitem", { name: `Archive #${name}` }).click();
  await confirm(ana.page, "Archive");
  await expect(ana.page.getByText(`#${name} is archived.`)).toBeVisible();
  await expect(row(ana.page, name)).toHaveCount(0);
  await ana.page.goto("/rooms/browse");
  await live(ana.page);
  await ana.page.getByRole("tab", { name: "Archived" }).click();
  await ana.page.getByRole("link", { name: `Open #${name}` }).click();
  await ana.page.getByRole("button", { name: "Restore" }).click();
  await expect(composer(ana.page)).toBeVisible();
  await expect(row(ana.page, name)).toBeVisible();
});
