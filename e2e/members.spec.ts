import { composer, reads, say, words } from "./composer.ts";
import { expect, test } from "./fixtures.ts";
import { channelName, confirm, goTo, member, memberMenu, newChannel, openMembers, pick, row } from "./places.ts";

test("ana adds cleo by name: cleo has the room at once, and everybody's list of members has her", async ({
  person,
}) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  const name = channelName("kitchen");
  await newChannel(ana.page, name, [ben]);
  await goTo(ben.page, name);
  const members = await openMembers(ben.page);
  await expect(members.getByRole("listitem")).toHaveCount(2);
  await ana.page.getByRole("button", { name: `More about #${name}` }).click();
  await ana.page.getByRole("menuitem", { name: "Add people" }).click();
  await pick(ana.page, "People", [cleo]);
  await ana.page.getByRole("combobox", { name: "People" }).fill(cleo.username);
  await expect(ana.page.getByText("Whoever has that name is chosen already.")).toBeVisible();
  await ana.page.getByRole("button", { name: "Add", exact: true }).click();
  const notice = cleo.page.getByText(`You're now in #${name}`);
  await expect(notice).toBeVisible();
  await goTo(cleo.page, name);
  await expect(notice, "whoever is there need not be led there").toHaveCount(0);
  await expect(members.getByRole("listitem").filter({ hasText: "Cleo" }), "live, in ben's open list").toBeVisible();
  await expect(ben.page.getByRole("button", { name: "3 members" })).toBeVisible();
});

test("an owner makes a moderator and takes it back; a member is offered neither", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("roles");
  await newChannel(ana.page, name, [ben]);
  await goTo(ben.page, name);
  const [hers, his] = [await openMembers(ana.page), await openMembers(ben.page)];
  const offered = await memberMenu(ben.page, his, "Ana");
  await expect(offered.getByRole("menuitem", { name: /^Make|^Remove/ })).toHaveCount(0);
  await ben.page.keyboard.press("Escape");
  await (await memberMenu(ana.page, hers, "Ben")).getByRole("menuitem", { name: "Make moderator" }).click();
  await expect(member(his, "Ben", "Moderators")).toBeVisible();
  await (await memberMenu(ana.page, hers, "Ben")).getByRole("menuitem", { name: "Make member" }).click();
  await expect(his.getByRole("list", { name: "Moderators" })).toHaveCount(0);
  await expect(member(his, "Ben", "Members")).toBeVisible();
});

test("robin is removed: his open screen closes at once, and what is said later does not reach him", async ({
  person,
}) => {
  const [ana, robin] = [await person("Ana"), await person("Robin")];
  const name = channelName("quiet");
  await newChannel(ana.page, name, [robin]);
  await goTo(robin.page, name);
  const [before, after] = [words("Robin hears this"), words("Robin does not")];
  await say(ana.page, before);
  await reads(robin.page, before);
  const panel = await openMembers(ana.page);
  await (await memberMenu(ana.page, panel, "Robin")).getByRole("menuitem", { name: `Remove from #${name}` }).click();
  await confirm(ana.page, "Remove");
  await expect(robin.page.getByText("You're no longer in this room.")).toBeVisible();
  await expect(row(robin.page, name)).toHaveCount(0);
  await expect(member(panel, "Robin")).toHaveCount(0);
  await say(ana.page, after);
  await reads(ana.page, after);
  await expect(robin.page.getByText(after)).toHaveCount(0);
});

test("the last owner hands over before she leaves", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("estate");
  await newChannel(ana.page, name, [ben], true);
  await ana.page.getByRole("button", { name: `More about #${name}` }).click();
  await ana.page.getByRole("menuitem", { name: `Leave #${name}` }).click();
  // Asked once, though the channel is private: leaving it is what the dialog is about.
  const dialog = ana.page.getByRole("dialog", { name: "Hand over first" });
  await dialog.getByRole("radio", { name: "Ben" }).check();
  await dialog.getByRole("button", { name: "Hand over and leave" }).click();
  await expect(ana.page.getByRole("heading", { level: 1, name: "lobby" })).toBeVisible();
  await expect(row(ana.page, name)).toHaveCount(0);
  await goTo(ben.page, name);
  await expect(member(await openMembers(ben.page), "Ben", "Owners")).toBeVisible();
  await expect(composer(ben.page)).toBeVisible();
});

test("the list is searched by name and by username", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await newChannel(ana.page, channelName("find"), [ben]);
  const panel = await openMembers(ana.page);
  await panel.getByRole("textbox", { name: "Find someone" }).fill(ben.username);
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  await panel.getByRole("textbox", { name: "Find someone" }).fill("nobody at all");
  await expect(panel.getByText("Nobody here by that name.")).toBeVisible();
});
