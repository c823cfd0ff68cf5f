import type { Page } from "@playwright/test";
import { composer, history, reads, say, timeline, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { goTo, sidebar } from "./places.ts";
import { choose, fill, group, holdsStill, lookAway, lookBack, open, row, unreadOf } from "./talk.ts";

/**
 * Holds once everything that was said has been read by somebody who looks at it. By then it would have been marked on the
 * other screens too, if anything did so.
 */
async function readByNow(page: Page, roomId: string): Promise<void> {
  await expect.poll(() => unreadOf(page, roomId), "whoever looks has read it").toBe(0);
}

test("nothing is read in a window that nobody looks at, and all of it a moment after somebody does", async ({
  person,
}) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  const roomId = await group(ana, ben, cleo);
  await lookAway(ben.page);
  const bodies = [words("one"), words("two"), words("three")];
  for (const body of bodies) await say(ana.page, body);
  for (const body of bodies) await reads(ben.page, body);
  await readByNow(cleo.page, roomId);
  expect(await unreadOf(ben.page, roomId)).toBe(3);
  await lookBack(ben.page);
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
});

test("what arrives below the place that ben reads is not read until he goes there", async ({ person }) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  const roomId = await group(ana, ben, cleo);
  for (let n = 0; n < 4; n++) {
    const filler = words("filler");
    await say(ana.page, `${filler}\n${"line\n".repeat(20)}end`);
    for (const { page } of [ben, cleo]) {
      await expect(row(page, filler)).toBeInViewport();
      await expect.poll(() => unreadOf(page, roomId), "at the end one reads along").toBe(0);
    }
  }
  await timeline(ben.page).hover();
  await ben.page.mouse.wheel(0, -900);
  await expect(ben.page.getByRole("button", { name: "Jump to newest" })).toBeVisible();
  const said = words("Down here");
  await say(ana.page, said);
  await expect(ben.page.getByRole("button", { name: "1 new message" })).toBeVisible();
  await reads(cleo.page, said);
  await readByNow(cleo.page, roomId);
  expect(await unreadOf(ben.page, roomId)).toBe(1);
  await ben.page.getByRole("button", { name: "1 new message" }).click();
  await expect(row(ben.page, said)).toBeInViewport();
  await expect(composer(ben.page), "its button has gone").toBeFocused();
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
});

test("the list and the way down say the same number, also in a room that ben comes back to", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  for (let n = 0; n < 4; n++) {
    const filler = words("filler");
    await say(ana.page, `${filler}\n${"line\n".repeat(20)}end`);
    await expect(row(ben.page, filler)).toBeInViewport();
    await expect.poll(() => unreadOf(ben.page, roomId), "at the end one reads along").toBe(0);
  }
  await timeline(ben.page).hover();
  await ben.page.mouse.wheel(0, -900);
  await expect(ben.page.getByRole("button", { name: "Jump to newest" })).toBeVisible();
  await goTo(ben.page, "lobby");
  for (let n = 0; n < 3; n++) await say(ana.page, words("meanwhile"));
  const entry = sidebar(ben.page).locator(`a[href="/rooms/${roomId}"]`);
  await expect(entry).toHaveAccessibleName(/3 unread/);
  await entry.click();
  await expect(ben.page.getByRole("button", { name: "3 new messages" })).toBeVisible();
  await say(ana.page, words("and now"));
  await expect(ben.page.getByRole("button", { name: "4 new messages" })).toBeVisible();
  await expect(entry).toHaveAccessibleName(/4 unread/);
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
  await expect.poll(() => unreadOf(ben.page, roomId), "what is on screen he has seen").toBeLessThan(7);
  expect(await unreadOf(ben.page, roomId), "what lies below the screen nobody has").toBeGreaterThan(0);
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

test("much is unread: it says how much, leads ben to the first of it, and counts only what he saw", async ({
  person,
  server,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  await ben.page.goto("/rooms/saved");
  const mark = words("much");
  await fill(server.databaseUrl, roomId, ana, mark, 112);
  await open(ben, roomId);
  await expect(row(ben.page, `${mark} line 112`)).toBeInViewport();
  await expect(ben.page.getByText("99+ unread", { exact: true })).toBeVisible();
  await ben.page.getByRole("button", { name: "Jump to first" }).click();
  await expect(ben.page.getByText("New", { exact: true })).toBeInViewport();
  await expect(row(ben.page, new RegExp(`${mark} line 1$`))).toBeInViewport();
  await expect(ben.page.getByRole("button", { name: "Jump to first" })).toHaveCount(0);
  await expect.poll(() => unreadOf(ben.page, roomId), "he has seen the first of it").toBeLessThan(100);
  expect(await unreadOf(ben.page, roomId), "not what lies between, and so not the end either").toBeGreaterThan(50);
});

test("much is unread: ben says that he need not read it, and stays where he is", async ({ person, server }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  await ben.page.goto("/rooms/saved");
  const mark = words("much");
  await fill(server.databaseUrl, roomId, ana, mark, 70);
  await open(ben, roomId);
  await expect(ben.page.getByText("70 unread", { exact: true })).toBeVisible();
  await ben.page.getByRole("button", { name: "Mark as read" }).click();
  await expect(ben.page.getByText("70 unread", { exact: true })).toHaveCount(0);
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
  await expect(row(ben.page, `${mark} line 70`)).toBeInViewport();
});

test("what comes while ben looks elsewhere begins with a line, once he had read all before it", async ({ person }) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  const roomId = await group(ana, ben, cleo);
  const line = history(ben.page).getByText("New", { exact: true });
  for (const round of ["one", "two"]) {
    const before = words(`Read at once, ${round}`);
    await say(ana.page, before);
    await reads(ben.page, before);
    await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
    await lookAway(ben.page);
    const [first, second] = [words(`First, ${round}`), words(`Second, ${round}`)];
    for (const body of [first, second]) await say(ana.page, body);
    const order = async () => {
      const rows = await history(ben.page).getByRole("listitem").allInnerTexts();
      const places = [before, "New", first, second].map((text) => rows.findIndex((one) => one.includes(text)));
      return places.join(" ") === places.toSorted((a, b) => a - b).join(" ") && !places.includes(-1);
    };
    await expect.poll(order, "the line is above the first of them").toBe(true);
    await expect(line).toHaveCount(1);
    await lookBack(ben.page);
    await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
    await expect(line, "it stays where it was").toHaveCount(1);
  }
});

test("whoever answers has read what they answer, however fast they are", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  await composer(ben.page).fill("Quick");
  // No moment is long enough here: only the answer tells that it was read.
  await ben.page.evaluate(() => {
    const now = performance.now.bind(performance);
    const start = now();
    performance.now = () => start;
  });
  const said = words("Who is first");
  await say(ana.page, said);
  await reads(ben.page, said);
  await expect(row(ben.page, said)).toBeInViewport();
  expect(await unreadOf(ben.page, roomId)).toBe(1);
  await composer(ben.page).press("Enter");
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
});

test("an answer from further up leaps over what ben has not seen: it says so, and leads back to it", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const tall = async (start: string) => say(ana.page, `${start}\n${"line\n".repeat(20)}end`);
  for (let n = 0; n < 4; n++) {
    const filler = words("filler");
    await tall(filler);
    await expect(row(ben.page, filler)).toBeInViewport();
    await expect.poll(() => unreadOf(ben.page, roomId), "at the end one reads along").toBe(0);
  }
  await timeline(ben.page).hover();
  await ben.page.mouse.wheel(0, -900);
  await expect(ben.page.getByRole("button", { name: "Jump to newest" })).toBeVisible();
  const unseen = words("Nobody has seen this");
  for (const start of [unseen, words("nor this"), words("and the last")]) await tall(start);
  await expect(ben.page.getByRole("button", { name: "3 new messages" })).toBeVisible();
  const way = ben.page.getByRole("button", { name: "Jump to first" });
  await expect(way, "there is a way down").toHaveCount(0);
  const answer = words("My answer");
  await say(ben.page, answer);
  await expect(row(ben.page, answer)).toBeInViewport();
  await expect(ben.page.getByText("3 unread", { exact: true })).toBeVisible();
  await expect(row(ben.page, unseen)).not.toBeInViewport();
  await way.click();
  await expect(row(ben.page, unseen).getByText(unseen)).toBeInViewport();
  await expect(history(ben.page).getByText("New", { exact: true })).toBeInViewport();
  await expect(way).toHaveCount(0);
  await expect(async () => {
    await ben.page.mouse.wheel(0, 200);
    expect(await unreadOf(ben.page, roomId)).toBe(0);
  }).toPass({ intervals: [700] });
  await expect(way).toHaveCount(0);
});

test("what ben marked unread and was then pushed out of sight is offered at the end, until he says that it is read", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const marked = words("Marked");
  await say(ana.page, marked);
  await expect(row(ben.page, marked)).toBeInViewport();
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
  await choose(ben.page, row(ben.page, marked), "Mark unread from here");
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(1);
  const way = ben.page.getByRole("button", { name: "Jump to first" });
  for (let n = 0; n < 3; n++) await say(ana.page, `${words("filler")}\n${"line\n".repeat(20)}end`);
  await expect(ben.page.getByText("4 unread", { exact: true })).toBeVisible();
  await expect(row(ben.page, marked)).not.toBeInViewport();
  await ben.page.getByRole("button", { name: "Mark as read" }).click();
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
  await expect(way).toHaveCount(0);
  const on = words("And on");
  await say(ana.page, on);
  await reads(ben.page, on);
  await expect.poll(() => unreadOf(ben.page, roomId), "from then on he reads along").toBe(0);
});

test("a mark that was under way when the line broke is made again by itself", async ({ person, problems }) => {
  problems.allow(/WebSocket connection/);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  let swallowed = 0;
  await ben.page.routeWebSocket(/trpc/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (swallowed > 0 || !String(message).includes('"me.read"')) return server.send(message);
      swallowed += 1;
      void socket.close();
      void server.close();
    });
  });
  await open(ben, roomId);
  const said = words("Lost on the way");
  await say(ana.page, said);
  await expect.poll(() => swallowed, "its mark was on its way").toBe(1);
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
});

test("in the list the room that ben reads says nothing of what he is about to have read", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  // Frame by frame: for how long the row has been unread, each time that its badge is to be seen.
  await ben.page.evaluate((path) => {
    const seen = { unread: 0, shownAfterMs: [] as number[] };
    let since = Number.NaN;
    const look = (now: number) => {
      const row = document.querySelector(`a[href="${path}"]`);
      const isUnread = row?.classList.contains("unread") ?? false;
      if (!isUnread) since = Number.NaN;
      else if (Number.isNaN(since)) since = now;
      if (isUnread) seen.unread += 1;
      if (row?.querySelector(".badge")?.checkVisibility({ visibilityProperty: true }))
        seen.shownAfterMs.push(now - since);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(window, { seen });
  }, `/rooms/${roomId}`);
  const seen = () =>
    ben.page.evaluate(() => (window as unknown as { seen: { unread: number; shownAfterMs: number[] } }).seen);
  await say(ana.page, words("Before his eyes"));
  await expect.poll(async () => (await seen()).unread, "it was unread for a moment").toBeGreaterThan(0);
  await expect.poll(() => unreadOf(ben.page, roomId)).toBe(0);
  await lookAway(ben.page);
  await say(ana.page, words("Behind his back"));
  await expect.poll(async () => (await seen()).shownAfterMs.length, "what stays unread is shown").toBeGreaterThan(0);
  expect(Math.min(...(await seen()).shownAfterMs), "not before he could have read it").toBeGreaterThan(1_000);
});

test("when the line moves down to what is new, what ben reads further up stays where it is", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  await ben.page.goto("/rooms/saved");
  const tall = async () => {
    const filler = words("filler");
    await say(ana.page, `${filler}\n${"line\n".repeat(20)}end`);
    return filler;
  };
  for (let n = 0; n < 3; n++) await tall();
  const middle = await tall();
  await tall();
  await open(ben, roomId);
  await expect(history(ben.page).getByText("New", { exact: true })).toBeInViewport();
  await timeline(ben.page).hover();
  await expect(async () => {
    await ben.page.mouse.wheel(0, 200);
    expect(await unreadOf(ben.page, roomId)).toBe(0);
  }).toPass({ intervals: [700] });
  await expect(async () => {
    await ben.page.mouse.wheel(0, -200);
    await expect(row(ben.page, middle).getByText("end")).toBeInViewport({ timeout: 500 });
  }).toPass({ intervals: [200] });
  await expect(ben.page.getByRole("button", { name: "Jump to newest" })).toBeVisible();
  const news = words("news");
  const at = async (text: string) => {
    const places = await history(ben.page).getByRole("listitem").allInnerTexts();
    return places.findIndex((one) => one.includes(text));
  };
  await holdsStill(row(ben.page, middle), async () => {
    await say(ana.page, news);
    await expect(ben.page.getByRole("button", { name: "1 new message" })).toBeVisible();
    await expect.poll(() => at("New"), "right above it").toBe((await at(news)) - 1);
  });
  await ben.page.getByRole("button", { name: "1 new message" }).click();
  await expect(row(ben.page, news)).toBeInViewport();
});
