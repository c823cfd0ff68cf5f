import { randomUUID } from "node:crypto";
import { reads, say, words } from "./composer.ts";
import { expect, live, signIn, test } from "./fixtures.ts";
import { channelName } from "./places.ts";
import { TestServer } from "./server.ts";
import { call, group, unreadOf } from "./talk.ts";

/** What a browser says of a socket that is not let in, and of a call that is refused. */
const REFUSED = [/WebSocket connection to/, /Failed to load resource.*403/];

test("a page whose address the server does not know says so, at the door and inside", async ({
  person,
  browser,
  postgres,
  problems,
}) => {
  problems.allow(...REFUSED);
  const ana = await person("Ana");
  const strict = await TestServer.create(postgres.url, { APP_ORIGIN: "https://chat.example.org" });
  await strict.start();
  const context = await browser.newContext({ baseURL: strict.url, storageState: await ana.context.storageState() });
  const page = await context.newPage();
  const sentence = page.getByText("This server isn't set up for this address. Its owner adds it to APP_ORIGIN.");
  await page.goto(new URL(ana.page.url()).pathname);
  await expect(sentence).toBeVisible();
  // Off the page first: without its cookie it would go to sign-in by itself, and two ways there abort one another.
  await page.goto("about:blank");
  await context.clearCookies();
  await page.goto("/sign-in");
  await signIn(page, ana);
  await expect(sentence).toBeVisible();
  await page.goto("/sign-up");
  await page.getByLabel("Username").fill("somebody-else");
  await page.getByLabel("Password").fill(ana.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(sentence).toBeVisible();
  await context.close();
  await strict.stop();
});

test("where only the socket is refused, messages go out and the page does not say otherwise", async ({
  person,
  browser,
  postgres,
  problems,
}) => {
  problems.allow(...REFUSED);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const full = await TestServer.create(postgres.url, { SOCKETS_PER_PERSON: "1" });
  await full.start();
  const context = await browser.newContext({ baseURL: full.url, storageState: await ana.context.storageState() });
  const [first, page] = [await context.newPage(), await context.newPage()];
  const roomId = await group(ana, ben);
  await first.goto("/rooms/saved");
  await live(first);
  await ana.page.goto("/rooms/saved");
  const unseen = words("Before she looked");
  await say(ben.page, unseen);
  await expect.poll(() => unreadOf(ana.page, roomId)).toBe(1);
  await page.goto(`/rooms/${roomId}`);
  await expect(page.getByText("Live updates are unavailable. Messages still go out.")).toBeVisible();
  await expect.poll(() => unreadOf(ana.page, roomId), "what she sees there is read").toBe(0);
  const said = words("Without a socket");
  await say(page, said);
  await reads(ben.page, said);
  const channelId = randomUUID();
  const title = channelName("harbour");
  await call(ben.page, "mutation", "room.create", { kind: "channel", roomId: channelId, title });
  await page.goto(`/rooms/${channelId}`);
  await page.getByRole("button", { name: "Join channel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title, exact: true }), "no feed tells her").toBeVisible();
  await context.close();
  await full.stop();
});
