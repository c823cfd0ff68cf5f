import { composer, history, reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { arrived, channelName, confirm, goTo, newChannel, row } from "./places.ts";
import { call, direct, idOf, row as messageRow, roomOn } from "./talk.ts";

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
  await ana.page.getByRole("textbox", { name: "Find a channel" }).fill(name);
  await ana.page.getByRole("button", { name: "Look among the archived" }).click();
  await ana.page.getByRole("link", { name: `Open #${name}` }).click();
  await ana.page.getByRole("button", { name: "Restore" }).click();
  await expect(composer(ana.page)).toBeVisible();
  await expect(row(ana.page, name)).toBeVisible();
});

test("ben follows a link to ana's public channel: it says what it is, and once he joins he is at the message", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("quay");
  await newChannel(ana.page, name);
  const roomId = roomOn(ana.page);
  await call(ana.page, "mutation", "room.update", { roomId, topic: "Boats and tides" });
  const said = words("High water at six");
  await say(ana.page, said);
  await reads(ana.page, said);
  const page = await call<{ messages: { id: string }[] }>(ana.page, "query", "message.page", { roomId });
  await ben.page.goto(`/rooms/${roomId}?message=${page.messages.at(-1)?.id}`);
  await live(ben.page);
  await expect(ben.page.getByRole("heading", { level: 1, name: `#${name}` })).toBeVisible();
  await expect(ben.page).toHaveTitle(new RegExp(`#${name}, `));
  await expect(ben.page.getByRole("main")).toContainText("Boats and tides");
  await expect(ben.page.getByRole("main")).toContainText("1 person is in this channel.");
  await expect(ben.page.getByText(said), "he reads nothing before he is in").toHaveCount(0);
  await ben.page.getByRole("button", { name: "Join channel" }).click();
  await expect(messageRow(ben.page, said)).toBeInViewport();
  await expect(row(ben.page, name)).toBeVisible();
  await expect(ana.page.getByRole("button", { name: "2 members" })).toBeVisible();
});

test("a channel's name in talk leads to it also who is not in it; a private one's stays a word", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const [open, closed] = [channelName("open"), channelName("closed")];
  await newChannel(ana.page, closed, [], true);
  await newChannel(ana.page, open);
  const both = await direct(ana, ben, ana, ben);
  await say(ana.page, words(`Come to #${open}, not to #${closed}`));
  const link = history(ben.page).getByRole("link", { name: `#${open}` });
  await expect(link).toBeVisible();
  await expect(history(ben.page).getByRole("link", { name: `#${closed}` })).toHaveCount(0);
  await expect(history(ana.page).getByRole("link", { name: `#${closed}` }), "she is in it").toBeVisible();
  await link.click();
  await ben.page.getByRole("button", { name: "Join channel" }).click();
  await arrived(ben.page, open);
  await expect(composer(ben.page)).toBeVisible();
  await ben.page.goBack();
  await expect(ben.page).toHaveURL(new RegExp(both));
  await expect(link).toBeVisible();
});

test("whoever is removed from a public channel may join it again where they are told so", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("pier");
  await newChannel(ana.page, name, [ben]);
  const roomId = roomOn(ana.page);
  await goTo(ben.page, name);
  await call(ana.page, "mutation", "member.remove", { roomId, userId: await idOf(ana.page, ben) });
  await expect(ben.page.getByText("You're no longer in this room.")).toBeVisible();
  await ben.page.getByRole("button", { name: "Join again" }).click();
  await arrived(ben.page, name);
  await expect(composer(ben.page)).toBeVisible();
});

test("an archived public channel says that it is archived, and offers nothing", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("wreck");
  await newChannel(ana.page, name);
  const roomId = roomOn(ana.page);
  await call(ana.page, "mutation", "room.archive", { roomId });
  await ben.page.goto(`/rooms/${roomId}`);
  await expect(ben.page.getByText("It is archived: only they can still read it.")).toBeVisible();
  await expect(ben.page.getByRole("button", { name: "Join channel" })).toHaveCount(0);
});
