import { reads, say, words } from "./composer.ts";
import { expect, test } from "./fixtures.ts";
import { call, choose, direct, group, idOf, lookAway, lookBack, open, row, unreadOf } from "./talk.ts";

test("in a room of two: sent, delivered, and seen with its time", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await direct(ana, ben, ana);
  await ben.page.goto("about:blank");
  const said = words("Are you there");
  await say(ana.page, said);
  await expect(row(ana.page, said).getByRole("img", { name: "Sent" })).toBeVisible();
  await ben.page.goto("/rooms");
  await expect(row(ana.page, said).getByRole("img", { name: "Delivered" })).toBeVisible();
  await open(ben, roomId);
  await expect(row(ana.page, said).getByRole("button", { name: /^Seen/ })).toBeVisible();
});

test("what ben marks unread ana still knows as seen", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await direct(ana, ben, ana, ben);
  const said = words("Seen once");
  await say(ana.page, said);
  const seen = row(ana.page, said).getByRole("button", { name: /^Seen/ });
  await expect(seen).toBeVisible();
  await choose(ben.page, row(ben.page, said), "Mark unread from here");
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(1);
  await choose(ana.page, row(ana.page, said), "Message info");
  await expect(ana.page.getByRole("dialog", { name: "Message info" }).getByText("Read by")).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await ana.page.reload();
  await expect(seen).toBeVisible();
});

test("in a room of three: faces of who has seen it, and their names", async ({ person }) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  await group(ana, ben, cleo);
  await lookAway(cleo.page);
  const said = words("First line at six");
  await say(ana.page, said);
  await reads(cleo.page, said);
  await expect(row(ana.page, said).getByRole("button", { name: "Seen by Ben" })).toBeVisible();
  await lookBack(cleo.page);
  const seen = row(ana.page, said).getByRole("button", { name: /^Seen by .* and / });
  await seen.click();
  await expect(ana.page.getByRole("dialog", { name: "Seen by" }).getByText("Cleo")).toBeVisible();
});

test("message info tells who has read it, and who not yet", async ({ person }) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  await group(ana, ben, cleo);
  await cleo.page.goto("about:blank");
  const said = words("Who knows");
  await say(ana.page, said);
  await expect(row(ana.page, said).getByRole("button", { name: "Seen by Ben" })).toBeVisible();
  await choose(ana.page, row(ana.page, said), "Message info");
  const info = ana.page.getByRole("dialog", { name: "Message info" });
  await expect(info.getByText("Read by")).toBeVisible();
  await expect(info.getByText("Ben")).toBeVisible();
  await expect(info.getByText("Not yet delivered to 1 person")).toBeVisible();
});

test("the time at which ben read is told of the last message that he read, of those before it only as the latest", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await direct(ana, ben, ana, ben);
  const [first, second] = [words("First"), words("Second")];
  const info = ana.page.getByRole("dialog", { name: "Message info" });
  const time = info.locator("section", { hasText: "Read by" }).locator("time");
  for (const said of [first, second]) {
    await say(ana.page, said);
    await expect(row(ana.page, said).getByRole("button", { name: /^Seen \d\d:\d\d$/ })).toBeVisible();
    await choose(ana.page, row(ana.page, said), "Message info");
    await expect(time).toHaveText(/^Today, \d+ \p{L}+, \d\d:\d\d$/u);
    await ana.page.keyboard.press("Escape");
  }
  await choose(ana.page, row(ana.page, first), "Message info");
  await expect(time).toHaveText(/, by \d\d:\d\d$/);
});

test("whoever is added later has not seen what was said before, and is not waited for", async ({ person }) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  const roomId = await group(ana, ben);
  const said = words("Before Cleo came");
  await say(ana.page, said);
  const seen = row(ana.page, said).getByRole("button", { name: /^Seen by/ });
  await expect(seen).toHaveAccessibleName("Seen by Ben");
  await call(ana.page, "mutation", "member.add", { roomId, userIds: [await idOf(ana.page, cleo)] });
  await open(cleo, roomId);
  const later = words("Now Cleo is here");
  await say(ana.page, later);
  await expect(row(ana.page, later).getByRole("button", { name: /^Seen by .* and / })).toBeVisible();
  await choose(ana.page, row(ana.page, said), "Message info");
  const info = ana.page.getByRole("dialog", { name: "Message info" });
  await expect(info.getByText("Ben")).toBeVisible();
  await expect(info.getByText("Cleo")).toHaveCount(0);
  await expect(info.getByText("Not yet delivered")).toHaveCount(0);
});
