import { history, reads, say, timeline, words } from "./composer.ts";
import { expect, live, type Person, test } from "./fixtures.ts";
import { goTo, sidebar } from "./places.ts";
import { call, choose, fill, group, reply, row, thread } from "./talk.ts";

/** The address of a message that says this, somewhere in the page above `before`. */
async function linkTo({ page }: Person, roomId: string, body: string, before: number): Promise<string> {
  type Found = { messages: { id: string; body: string }[] };
  const { messages } = await call<Found>(page, "query", "message.page", { roomId, before });
  return `/rooms/${roomId}?message=${messages.find((message) => message.body === body)?.id}`;
}

test("a link opens the room at its message, with what was said around it, and leads back", async ({
  person,
  server,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const mark = words("far");
  await fill(server.databaseUrl, roomId, ana, mark, 200);
  await ben.page.goto(await linkTo(ben, roomId, `${mark} line 30`, 60));
  await live(ben.page);
  await expect(history(ben.page).getByText(`${mark} line 30`, { exact: true })).toBeInViewport();
  await expect(history(ben.page).getByText(`${mark} line 29`, { exact: true })).toBeVisible();
  await ben.page.getByRole("button", { name: "Jump to newest" }).click();
  await expect(history(ben.page).getByText(`${mark} line 200`, { exact: true })).toBeInViewport();
});

test("from there ben reads on to the newest without a hole", async ({ person, server }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const mark = words("on");
  await fill(server.databaseUrl, roomId, ana, mark, 130);
  await ben.page.goto(await linkTo(ben, roomId, `${mark} line 20`, 40));
  await live(ben.page);
  await expect(history(ben.page).getByText(`${mark} line 20`, { exact: true })).toBeInViewport();
  await timeline(ben.page).hover();
  const seen = new Set<number>();
  await expect(async () => {
    for (const text of await history(ben.page).getByText(`${mark} line`).allTextContents())
      seen.add(Number(text.split(" ").at(-1)));
    await ben.page.mouse.wheel(0, 300);
    expect(seen.has(130)).toBe(true);
  }).toPass({ intervals: [50], timeout: 20_000 });
  const shown = [...seen].filter((line) => line >= 20).sort((a, b) => a - b);
  expect(shown).toEqual(Array.from({ length: 111 }, (_, index) => 20 + index));
});

test("once there, ben comes back to his room as to any other: the address no longer names the message", async ({
  person,
  server,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const mark = words("past");
  await fill(server.databaseUrl, roomId, ben, mark, 400);
  const link = await linkTo(ben, roomId, `${mark} line 20`, 40);
  await ben.page.goto(link);
  await live(ben.page);
  await expect(row(ben.page, `${mark} line 20`)).toBeInViewport();
  await ben.page.getByRole("button", { name: "Jump to newest" }).click();
  await expect(row(ben.page, `${mark} line 400`)).toBeInViewport();

  await goTo(ben.page, "lobby");
  await sidebar(ben.page).locator(`a[href="/rooms/${roomId}"]`).click();
  await expect(row(ben.page, `${mark} line 400`)).toBeInViewport();
  await expect(row(ben.page, `${mark} line 20`)).toHaveCount(0);
  // The way back in the browser's own history is the link again.
  await ben.page.goBack();
  await ben.page.goBack();
  await expect(ben.page).toHaveURL(link);
  await expect(row(ben.page, `${mark} line 20`)).toBeInViewport();
});

test("the way down from a link counts what is unread below it, not what is above", async ({ person, server }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  await ben.page.goto("/rooms/saved");
  const mark = words("below");
  await fill(server.databaseUrl, roomId, ana, mark, 100);
  await ben.page.goto(await linkTo(ben, roomId, `${mark} line 70`, 90));
  await live(ben.page);
  await expect(row(ben.page, `${mark} line 70`)).toBeInViewport();
  const pill = ben.page.getByRole("button", { name: /^\d+ new messages$/ });
  await expect(pill).toBeVisible();
  expect(Number.parseInt(await pill.innerText(), 10), "fewer than what lies below the link").toBeLessThan(30);
});

test("copy link copies the address of the message, and a link to a reply opens its thread", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await ana.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await group(ana, ben);
  const [root, answer] = [words("Root of it"), words("Reply to it")];
  await say(ana.page, root);
  await reads(ana.page, root);
  await row(ana.page, root).hover();
  await row(ana.page, root).getByRole("button", { name: "Reply in thread" }).click();
  await reply(ana.page, answer);
  const message = thread(ana.page).getByRole("article").filter({ hasText: answer });
  await expect(message).toBeVisible();
  await choose(ana.page, message, "Copy link");
  await expect(ana.page.getByText("Link copied")).toBeVisible();
  const link = await ana.page.evaluate(() => navigator.clipboard.readText());
  await ben.page.goto(link);
  await expect(thread(ben.page).getByText(answer)).toBeInViewport();
});

test("a link to what is not dana's is a page that is not there, as is a link to nothing", async ({
  person,
  problems,
}) => {
  problems.allow(/Failed to load resource.*404/);
  const [ana, dana] = [await person("Ana"), await person("Dana")];
  const roomId = await group(ana);
  const said = words("Not for Dana");
  await say(ana.page, said);
  await reads(ana.page, said);
  const page = await call<{ messages: { id: string }[] }>(ana.page, "query", "message.page", { roomId });
  for (const messageId of [page.messages.at(-1)?.id, "00000000-0000-7000-8000-000000000000"]) {
    await dana.page.goto(`/rooms/${roomId}?message=${messageId}`);
    await expect(dana.page.getByText("There's no such room here")).toBeVisible();
  }
  await ana.page.goto(`/rooms/${roomId}?message=${page.messages.at(-1)?.id}`);
  await reads(ana.page, said);
});

test("a link to a message that is not in ben's room opens the room all the same, and says so", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const said = words("Here it is");
  await say(ana.page, said);
  await reads(ben.page, said);
  for (const messageId of ["00000000-0000-7000-8000-000000000000", "cut-sho"]) {
    await ben.page.goto(`/rooms/${roomId}?message=${messageId}`);
    await live(ben.page);
    await reads(ben.page, said);
    await expect(ben.page.getByText("That message isn't in this room"), messageId).toBeVisible();
  }
});

test("an address of this server in talk leads there in place, every other one in a tab of its own", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const said = words("The line itself");
  await say(ana.page, said);
  await reads(ana.page, said);
  const page = await call<{ messages: { id: string }[] }>(ana.page, "query", "message.page", { roomId });
  const path = `/rooms/${roomId}?message=${page.messages.at(-1)?.id}`;
  await goTo(ana.page, "lobby");
  await goTo(ben.page, "lobby");
  const mark = words("See");
  await say(ana.page, `${mark} ${new URL(path, ana.page.url()).href} and https://example.org/x`);
  const links = row(ben.page, mark).getByRole("link");
  await expect(links.nth(1)).toHaveAttribute("target", "_blank");
  await links.nth(0).click();
  await expect(ben.page).toHaveURL(new RegExp(`${path.replace("?", "[?]")}$`));
  await expect(row(ben.page, said)).toBeInViewport();
  expect(ben.context.pages()).toHaveLength(1);
});
