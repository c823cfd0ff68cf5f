import { reads, say, timeline, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { choose, group, lookAway, lookBack, open, row, unreadOf } from "./talk.ts";

test("nothing is read in a window that nobody looks at, and all of it a moment after somebody does", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  await lookAway(ben.page);
  const bodies = [words("one"), words("two")];
  for (const body of bodies) await say(ana.page, body);
  for (const body of bodies) await reads(ben.page, body);
  // Long enough to have been marked, were somebody there: ana's next message comes after it and is counted with them.
  await say(ana.page, words("three"));
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(3);
  await lookBack(ben.page);
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
});

test("what arrives below the place that ben reads is not read until he goes there", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  for (let n = 0; n < 4; n++) await say(ana.page, `${words("filler")}\n${"line\n".repeat(20)}end`);
  await expect.poll(() => unreadOf(ben.page, roomId), "at the end he reads along").toBe(0);
  await timeline(ben.page).hover();
  await ben.page.mouse.wheel(0, -900);
  await expect(ben.page.getByRole("button", { name: "Jump to newest" })).toBeVisible();
  const said = words("Down here");
  await say(ana.page, said);
  await expect(ben.page.getByRole("button", { name: "1 new message" })).toBeVisible();
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(1);
  await ben.page.getByRole("button", { name: "1 new message" }).click();
  await expect(row(ben.page, said)).toBeInViewport();
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
});

test("a room opens at the line where reading had stopped, and the line stays", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const before = words("Read before");
  await say(ana.page, before);
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
  await ben.page.goto("/rooms/saved");
  const first = words("First of the new");
  await say(ana.page, first);
  for (let n = 0; n < 6; n++) await say(ana.page, `${words("filler")}\n${"line\n".repeat(20)}end`);
  await open(ben, roomId);
  await expect(ben.page.getByText("New", { exact: true })).toBeInViewport();
  await expect(row(ben.page, first)).toBeInViewport();
  expect(await unreadOf(ben.page, roomId), "what lies below the screen nobody has seen").toBeGreaterThan(0);
});

test("ben marks a message unread: it stays so while he looks at it, until he comes back", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const bodies = [words("first"), words("second")];
  for (const body of bodies) await say(ana.page, body);
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
  await choose(ben.page, row(ben.page, bodies[0] ?? ""), "Mark unread from here");
  await expect(ben.page.getByText("New", { exact: true })).toBeVisible();
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(2);
  const third = words("third");
  await say(ana.page, third);
  await reads(ben.page, third);
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(3);
  await ben.page.reload();
  await live(ben.page);
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
});
