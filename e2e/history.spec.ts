import type { Page } from "@playwright/test";
import { composer, distanceFromEnd, history, reads, say, timeline, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { channelName, goTo, newChannel, sidebar } from "./places.ts";
import { call, fill, holdsStill, roomOn, row } from "./talk.ts";

test("older history loads on scrolling up, and what ben reads stays where it is", async ({ person, server }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const mark = words("old");
  await fill(server.databaseUrl, roomOn(ana.page), ana, mark, 130);
  await ben.page.reload();
  await live(ben.page);
  await reads(ben.page, `${mark} line 130`);
  await expect.poll(() => distanceFromEnd(ben.page), "it opens at the end").toBeLessThan(2);

  await timeline(ben.page).hover();
  await expect(async () => {
    await ben.page.mouse.wheel(0, -1500);
    await expect(history(ben.page).getByText(`${mark} line 3`, { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();

  const anchor = history(ben.page).getByText(`${mark} line 3`, { exact: true });
  await expect.poll(async () => (await anchor.boundingBox())?.y).toBeDefined();
  const before = (await anchor.boundingBox())?.y;
  await say(ana.page, words("Down here"));
  await expect(ben.page.getByRole("button", { name: "1 new message" })).toBeVisible();
  expect(Math.abs(((await anchor.boundingBox())?.y ?? 0) - (before ?? 0)), "nothing moved").toBeLessThan(2);

  await ben.page.getByRole("button", { name: "1 new message" }).click();
  await expect.poll(() => distanceFromEnd(ben.page)).toBeLessThan(2);
});

test("at the end the list sticks to the end", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  for (const n of [1, 2, 3]) {
    const said = `${words("stick")} ${n}\n\n\n${"long ".repeat(60)}`;
    await say(ana.page, said);
    await expect(history(ben.page).getByText(said.split("\n")[0] ?? "")).toBeVisible();
    await expect.poll(() => distanceFromEnd(ben.page)).toBeLessThan(2);
  }
});

test("whatever ana does at the end, the newest line stays above what she writes in", async ({ person, server }) => {
  const ana = await person("Ana");
  await newChannel(ana.page, channelName("end"));
  const mark = words("end");
  await fill(server.databaseUrl, roomOn(ana.page), ana, mark, 40);
  const [newest, earlier] = [row(ana.page, `${mark} line 40`), row(ana.page, `${mark} line 30`)];
  await expect(newest).toBeInViewport();
  const isHeld = (after: string) => expect.poll(() => distanceFromEnd(ana.page), after).toBeLessThan(2);
  await isHeld("it opens at the end");

  await composer(ana.page).press("x");
  await composer(ana.page).press("Backspace");
  await expect(composer(ana.page)).toHaveValue("");
  await isHeld("a letter, taken back");
  await newest.hover();
  await newest.getByRole("button", { name: "Quote" }).click();
  await expect(ana.page.getByRole("button", { name: "Cancel reply" })).toBeVisible();
  await isHeld("the words that she answers, over the field");
  await ana.page.keyboard.press("Escape");
  await earlier.hover();
  await earlier.getByRole("button", { name: "React with 👍" }).click();
  await expect(earlier.getByRole("button", { name: /^👍 1/ })).toBeVisible();
  await isHeld("a row that has grown");
});

/** Keeps the page's requests for older messages back until it is told to let them go. To be called before the page opens its socket. */
async function holdOlder(page: Page): Promise<{ asked: () => number; release: () => void }> {
  const held: (() => void)[] = [];
  let isHeld = true;
  await page.routeWebSocket(/\/trpc/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      if (isHeld && String(frame).includes('"message.page"')) held.push(() => server.send(frame));
      else server.send(frame);
    });
  });
  // Before the socket is open, calls go over HTTP.
  await page.route(/\/trpc\/message\.page/, (route) => {
    if (isHeld) held.push(() => void route.continue());
    else void route.continue();
  });
  const release = () => {
    isHeld = false;
    for (const each of held) each();
  };
  return { asked: () => held.length, release };
}

test("a page of older messages arrives above what ben reads, and nothing in view moves", async ({ person, server }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const mark = words("above");
  await fill(server.databaseUrl, roomOn(ana.page), ana, mark, 130, ` ${"and on ".repeat(15)}`);
  const older = await holdOlder(ben.page);
  await ben.page.reload();
  await live(ben.page);
  const line = (n: number) => history(ben.page).getByText(new RegExp(`^${mark} line ${n}\\b`));
  await timeline(ben.page).hover();
  await expect(async () => {
    await ben.page.mouse.wheel(0, -700);
    await expect(line(83)).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect.poll(older.asked, "older messages are on their way").toBe(1);

  const y = async () => (await line(83).boundingBox())?.y ?? Number.NaN;
  let before = Number.NaN;
  await expect(async () => {
    const last = before;
    before = await y();
    expect(before, "the wheel has come to rest").toBe(last);
  }).toPass();
  await expect(line(80)).toHaveCount(0);
  older.release();
  await expect(line(80)).toBeAttached();
  expect(Math.abs((await y()) - before), "as they arrive").toBeLessThanOrEqual(2);
  // What was a guess is measured as it comes into view.
  await expect(line(79)).toBeAttached();
  await expect.poll(async () => Math.abs((await y()) - before), "and once they are measured").toBeLessThanOrEqual(2);
});

test("ben goes to another room and comes back to the line that he was reading", async ({ person, server }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("long");
  await newChannel(ana.page, name, [ben]);
  await goTo(ben.page, name);
  const mark = words("kept");
  await fill(server.databaseUrl, roomOn(ben.page), ana, mark, 60, ` ${"and on ".repeat(15)}`);
  const line = row(ben.page, `${mark} line 40`);
  await expect(row(ben.page, `${mark} line 60`)).toBeInViewport();
  await timeline(ben.page).hover();
  await expect(async () => {
    await ben.page.mouse.wheel(0, -500);
    await expect(line).toBeInViewport({ timeout: 500 });
  }).toPass();
  await holdsStill(line, async () => {
    await goTo(ben.page, "lobby");
    await say(ana.page, words("While he is away"));
    await expect(sidebar(ben.page).getByRole("link", { name: /61 unread/ })).toBeVisible();
    await goTo(ben.page, name);
  });
});

test("a room that ben left at its end opens at its end", async ({ person, server }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("ended");
  await newChannel(ana.page, name, [ben]);
  await goTo(ben.page, name);
  const roomId = roomOn(ben.page);
  const mark = words("end");
  await fill(server.databaseUrl, roomId, ana, mark, 60);
  const last = row(ben.page, `${mark} line 60`);
  await expect(last).toBeInViewport();
  const { messages } = await call<{ messages: { seq: number }[] }>(ben.page, "query", "message.page", { roomId });
  await call(ben.page, "mutation", "me.read", { roomId, seq: messages.at(-1)?.seq });
  await expect(sidebar(ben.page).getByRole("link", { name, exact: true }), "nothing new in it").toBeVisible();
  await goTo(ben.page, "lobby");
  await goTo(ben.page, name);
  await expect(last).toBeInViewport();
  await expect.poll(() => distanceFromEnd(ben.page)).toBeLessThan(2);
});
