import type { Page } from "@playwright/test";
import pg from "pg";
import { composer, history, outbox, reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { arrived, channelName, newChannel, row, sidebar } from "./places.ts";
import { call, group, idOf } from "./talk.ts";

/** What a browser says of a server that is not there. */
const GONE = [
  /WebSocket connection to/,
  /ERR_CONNECTION_REFUSED/,
  /ERR_INTERNET_DISCONNECTED/,
  /Failed to load resource/,
  /Failed to fetch/,
];
/** What a server says of a Postgres that is not there. */
const NO_POSTGRES = [/terminat/i, /ECONNREFUSED/, /send\.failed/, /Connection/, /starting up|shutting down/];

/** Counts the sends of a page that its server answered with UNAVAILABLE. To be called before the page opens its socket. */
function unavailableSends(page: Page): () => number {
  let count = 0;
  const isOne = (answer: { error?: { data?: { reason?: string; path?: string } } }) =>
    answer.error?.data?.reason === "UNAVAILABLE" && answer.error.data.path === "message.send";
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      const text = String(payload);
      if (text.includes("UNAVAILABLE")) count += [JSON.parse(text)].flat().filter(isOne).length;
    }),
  );
  return () => count;
}

async function inOrder(page: Page, bodies: string[]): Promise<void> {
  for (const body of bodies) await reads(page, body);
  const all = await history(page).getByRole("listitem").allInnerTexts();
  const places = bodies.map((body) => all.findIndex((text) => text.includes(body)));
  expect(places, "in the order in which they were written").toEqual([...places].sort((a, b) => a - b));
}

test("what ana writes offline waits, and goes out in order when she is back", async ({ person, problems }) => {
  problems.allow(...GONE);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await ana.context.setOffline(true);
  await expect(ana.page.locator("html")).toHaveAttribute("data-connection", "offline");
  await expect(ana.page.getByText(/You.re offline\. Messages wait here and go out in order\./)).toBeVisible();
  const typing: string[] = [];
  ana.page.on("request", (request) => {
    if (request.url().includes("room.typing")) typing.push(request.url());
  });
  const bodies = [words("one"), words("two"), words("three")];
  for (const body of bodies) await say(ana.page, body);
  await expect(outbox(ana.page).getByRole("listitem")).toHaveCount(3);
  expect(typing, "nobody would hear it").toEqual([]);
  const tall = `${words("four")}\n${"line\n".repeat(30)}end`;
  const last = words("five");
  for (const body of [tall, last]) await say(ana.page, body);
  await expect(outbox(ana.page).getByText(last), "however much waits, the newest is in sight").toBeInViewport();
  const meanwhile = words("Meanwhile, from Ben");
  await say(ben.page, meanwhile);
  // It has its place before ana is back: whose comes first is what the server says, not when somebody pressed Enter.
  await reads(ben.page, meanwhile);
  await expect(outbox(ben.page)).toHaveCount(0);
  await ana.context.setOffline(false);
  await live(ana.page);
  await inOrder(ben.page, [meanwhile, ...bodies, last]);
  await inOrder(ana.page, [meanwhile, ...bodies, last]);
  await expect(outbox(ana.page)).toHaveCount(0);
});

test("a page that only the server can draw stays closed while ana is offline, and she stays where she is", async ({
  person,
  problems,
}) => {
  problems.allow(...GONE);
  const { page, context } = await person("Ana");
  const room = page.url();
  // What opens over the page is fetched when it is first wanted.
  const mine = page.getByRole("button", { name: "Ana: status and settings" });
  await mine.click();
  await expect(page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
  await page.keyboard.press("Escape");
  await context.setOffline(true);
  await expect(page.locator("html")).toHaveAttribute("data-connection", "offline");
  const waits = words("It waits");
  await say(page, waits);
  await composer(page).fill("Half a thought");
  for (const way of ["Threads", "Saved"]) {
    await sidebar(page).getByRole("link", { name: way }).click();
    await expect(page.getByText("That page needs the server")).toBeVisible();
    await page.getByRole("button", { name: "Dismiss" }).click();
  }
  await mine.click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page.getByText("That page needs the server")).toBeVisible();
  await expect(page).toHaveURL(room);
  await expect(composer(page)).toHaveValue("Half a thought");
  await expect(outbox(page).getByText(waits)).toBeVisible();
  await context.setOffline(false);
  await live(page);
  await sidebar(page).getByRole("link", { name: "Threads" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Threads" })).toBeVisible();
});

test("a page asked for while the line is cut, and no browser has noticed yet, stays closed too", async ({
  person,
  problems,
}) => {
  problems.allow(/ERR_FAILED/);
  const { page } = await person("Ana");
  const room = page.url();
  await page.route("**/*", (route) => route.abort());
  // The server has been silent for a while: as after a pulled cable, over which the socket still seems open.
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    let ahead = 0;
    performance.now = () => {
      ahead += 5_000;
      return now() + ahead;
    };
  });
  await expect(page.locator("html")).toHaveAttribute("data-connection", "live");
  await sidebar(page).getByRole("link", { name: "Saved" }).click();
  await expect(page.getByText("That page needs the server")).toBeVisible();
  await expect(page).toHaveURL(room);
  await page.unroute("**/*");
  await sidebar(page).getByRole("link", { name: "Saved" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Saved" })).toBeVisible();
});

test("a room that ana opens for the first time while offline comes by itself when she is back", async ({
  person,
  problems,
}) => {
  problems.allow(...GONE);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("unseen");
  await newChannel(ben.page, name, [ana]);
  await expect(row(ana.page, name)).toBeVisible();
  await ana.context.setOffline(true);
  await expect(ana.page.locator("html")).toHaveAttribute("data-connection", "offline");
  await row(ana.page, name).click();
  await expect(ana.page.getByText("This room didn't load")).toBeVisible();
  await ana.page.setViewportSize({ width: 390, height: 780 });
  await ana.page.getByRole("link", { name: "Back to rooms" }).click();
  // One that she knows opens; who is in it can only be asked when she is back.
  await row(ana.page, "lobby").click();
  await expect(composer(ana.page)).toBeVisible();
  await ana.page.setViewportSize({ width: 1280, height: 720 });
  await ana.context.setOffline(false);
  await expect(ana.page.getByRole("button", { name: /^\d+ members$/ })).toBeVisible();
  await ana.context.setOffline(true);
  await row(ana.page, name).click();
  await expect(ana.page.getByText("This room didn't load")).toBeVisible();
  await ana.context.setOffline(false);
  await arrived(ana.page, name);
});

test("what ben wrote offline in a room that he was taken out of meanwhile is his to take along", async ({
  person,
  problems,
}) => {
  problems.allow(...GONE);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  await ben.context.setOffline(true);
  const said = words("Long and unsent");
  await say(ben.page, said);
  await expect(outbox(ben.page)).toContainText(said);
  await call(ana.page, "mutation", "member.remove", { roomId, userId: await idOf(ana.page, ben) });
  await ben.context.setOffline(false);
  await expect(ben.page.getByRole("heading", { name: "You're no longer in this room" })).toBeVisible();
  const left = ben.page.getByRole("region", { name: "Not sent" });
  await expect(left).toContainText(said);
  await ben.page.reload();
  await expect(ben.page.getByRole("heading", { name: "There's no such room here" })).toBeVisible();
  await expect(left).toContainText(said);
  await left.getByRole("button", { name: "Discard" }).click();
  await expect(left).toHaveCount(0);
});

test("what waits survives a reload", async ({ person, server, problems }) => {
  problems.allow(...GONE);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const url = ana.page.url();
  await ana.context.setOffline(true);
  await expect(ana.page.locator("html")).toHaveAttribute("data-connection", "offline");
  const said = words("Kept on the device");
  await say(ana.page, said);
  await expect(outbox(ana.page).getByText(said)).toBeVisible();
  await ana.page.goto("about:blank");
  await ana.context.setOffline(false);
  await ana.page.goto(url);
  await live(ana.page);
  await reads(ben.page, said);
  await reads(ana.page, said);
  expect(server.errors).toEqual([]);
});

test("the server is killed and started again under two open browsers", async ({ person, server, problems }) => {
  problems.allow(...GONE);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const before = words("Before the crash");
  await say(ana.page, before);
  await reads(ben.page, before);
  await server.kill();
  await expect(ana.page.locator("html")).toHaveAttribute("data-connection", "connecting");
  const [fromAna, fromBen] = [words("Ana, in the dark"), words("Ben, in the dark")];
  await say(ana.page, fromAna);
  await say(ben.page, fromBen);
  await server.start();
  await live(ana.page);
  await live(ben.page);
  for (const page of [ana.page, ben.page]) {
    for (const body of [before, fromAna, fromBen]) await reads(page, body);
    await expect(outbox(page)).toHaveCount(0);
  }
});

test("the server is restarted in order: nobody loses anything, and the draft is still there", async ({
  person,
  server,
  problems,
}) => {
  problems.allow(...GONE);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await composer(ana.page).fill("Half a thought");
  await server.restart();
  await live(ana.page);
  await live(ben.page);
  await expect(composer(ana.page)).toHaveValue("Half a thought");
  const after = words("After the restart");
  await say(ben.page, after);
  await reads(ana.page, after);
});

test("the listener's backend is terminated: what is said meanwhile arrives without a reload", async ({
  person,
  server,
  problems,
}) => {
  problems.allow(...NO_POSTGRES);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rowCount } = await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'earshot listener'",
  );
  expect(rowCount).toBe(1);
  await client.end();
  const said = words("Said while nobody listened");
  await say(ana.page, said);
  await reads(ben.page, said);
  await live(ben.page);
});

test("Postgres is restarted: nothing typed is lost, nothing appears twice", async ({ person, postgres, problems }) => {
  problems.allow(...GONE, ...NO_POSTGRES);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await postgres.stop();
  const said = words("Typed while the database was away");
  await say(ana.page, said);
  await expect(outbox(ana.page).getByText(said)).toBeVisible();
  await postgres.start();
  await reads(ben.page, said);
  await reads(ana.page, said);
  await live(ana.page);
  await live(ben.page);
});

test("Postgres is away for long: what ana typed waits, and goes out in order without her doing", async ({
  person,
  postgres,
  problems,
}) => {
  test.setTimeout(120_000);
  problems.allow(...GONE, ...NO_POSTGRES);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const refused = unavailableSends(ana.page);
  await ana.page.reload();
  await live(ana.page);
  await postgres.stop();
  const bodies = [words("First, without a database"), words("Second, without a database")];
  await say(ana.page, bodies[0] ?? "");
  await expect(
    ana.page.getByText("The server can't reach its database. Messages wait here and go out in order."),
  ).toBeVisible();
  await expect(ana.page.locator("html")).toHaveAttribute("data-connection", "polling");
  await say(ana.page, bodies[1] ?? "");
  await expect.poll(refused, { timeout: 60_000, message: "more answers than a message has tries" }).toBeGreaterThan(3);
  await expect(outbox(ana.page).getByRole("listitem")).toHaveCount(2);
  await expect(ana.page.getByRole("button", { name: "Retry" })).toHaveCount(0);
  await postgres.start();
  await inOrder(ben.page, bodies);
  await inOrder(ana.page, bodies);
  await expect(outbox(ana.page)).toHaveCount(0);
  await live(ana.page);
});
