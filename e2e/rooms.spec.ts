import pg from "pg";
import { composer, reads, say, words } from "./composer.ts";
import { expect, live, signIn, test } from "./fixtures.ts";
import { arrived, channelName, choose, confirm, goTo, newChannel, row } from "./places.ts";
import { call, idOf, lookAway, lookBack, roomOn } from "./talk.ts";

async function query<Row extends pg.QueryResultRow>(
  databaseUrl: string,
  sql: string,
  values: unknown[],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<Row>(sql, values);
  await client.end();
  return rows;
}

test("signed out, every page leads to sign-in and back to where one was going", async ({ person, browser, server }) => {
  const ana = await person("Ana");
  const room = new URL(ana.page.url()).pathname;
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  for (const path of ["/", "/rooms", room, "/rooms/nonsense", "/no/such/page"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/sign-in/);
  }
  await page.goto(room);
  await signIn(page, ana);
  await expect(page).toHaveURL(new RegExp(`${room}$`));
  await live(page);
  await context.close();
});

test("the list's own address goes on to the lobby at a desk, and is the list on a phone", async ({ person }) => {
  const { page } = await person("Ana");
  await page.goto("/rooms");
  await arrived(page, "lobby");
  await expect(page).toHaveURL(/\/rooms\/[0-9a-f-]{36}$/);
  await page.setViewportSize({ width: 390, height: 780 });
  await page.goto("/rooms");
  await live(page);
  await expect(row(page, "lobby")).toBeInViewport();
  await row(page, "lobby").click();
  await arrived(page, "lobby");
});

test("a next address that leads off the server is not followed", async ({ person, browser, server }) => {
  const ana = await person("Ana");
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  for (const next of ["https://example.org/", "//example.org/", "/\\example.org"]) {
    await context.clearCookies();
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await signIn(page, ana);
    await live(page);
    expect(new URL(page.url()).origin).toBe(server.url);
  }
  await context.close();
});

test("a room that is not ana's looks like one that is not there", async ({ person, server, problems }) => {
  problems.allow(/Failed to load resource.*404/);
  const ana = await person("Ana");
  const [secret] = await query<{ id: string }>(
    server.databaseUrl,
    "insert into room (title, visibility) values ('secret', 'private') returning id",
    [],
  );
  const seen: string[] = [];
  for (const id of [secret?.id, "01990000-0000-7000-8000-000000000000", "nonsense"]) {
    const response = await ana.page.goto(`/rooms/${id}`);
    expect(response?.status(), id).toBe(404);
    seen.push(await ana.page.getByRole("main").innerText());
  }
  expect(new Set(seen).size, "the same words for all").toBe(1);
});

test("ben is removed while the room is open: the feed ends at once, and the lobby goes on", async ({
  person,
  server,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const [room] = await query<{ id: string }>(
    server.databaseUrl,
    "insert into room (title, created_by) select 'kitchen', id from \"user\" where username = $1 returning id",
    [ana.username],
  );
  const join = `insert into member (room_id, user_id) select $1, id from "user" where username = $2`;
  for (const { username } of [ana, ben]) await query(server.databaseUrl, join, [room?.id, username]);
  await expect(ben.page.getByRole("link", { name: "kitchen" }), "it appears in his list by itself").toBeVisible();
  await ben.page.getByRole("link", { name: "kitchen" }).click();
  await ana.page.goto(`/rooms/${room?.id}`);
  await live(ben.page);
  await live(ana.page);
  const [before, after] = [words("Ben hears this"), words("Ben does not")];
  await say(ana.page, before);
  await reads(ben.page, before);
  await query(
    server.databaseUrl,
    `update member set left_at = now() where room_id = $1 and user_id = (select id from "user" where username = $2)`,
    [room?.id, ben.username],
  );
  await expect(
    ben.page.getByText("You're no longer in this room.").or(ben.page.getByText("You’re no longer in this room.")),
  ).toBeVisible();
  await say(ana.page, after);
  await reads(ana.page, after);
  await expect(ben.page.getByText(after)).toHaveCount(0);
  await expect(ben.page.getByRole("link", { name: "kitchen" })).toHaveCount(0);
  await ben.page.getByRole("link", { name: "lobby" }).first().click();
  await live(ben.page);
  await expect(composer(ben.page)).toBeVisible();
});

test("a session that was ended elsewhere leads to sign-in, and what waits goes out after it", async ({
  person,
  server,
  problems,
}) => {
  problems.allow(/WebSocket connection/, /401/, /ERR_INTERNET_DISCONNECTED/, /Failed to fetch/);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await ana.context.setOffline(true);
  await expect(ana.page.locator("html")).toHaveAttribute("data-connection", "offline");
  const said = words("Written before I was signed out");
  await say(ana.page, said);
  await query(
    server.databaseUrl,
    `update session set revoked_at = now() where user_id = (select id from "user" where username = $1)`,
    [ana.username],
  );
  await ana.context.setOffline(false);
  await expect(ana.page).toHaveURL(/\/sign-in\?after=ended&next=/);
  await signIn(ana.page, ana);
  await live(ana.page);
  await reads(ben.page, said);
});

test("ana makes a channel: its name is put in order, a taken one is refused at the field", async ({ person }) => {
  const ana = await person("Ana");
  const name = channelName("on-air");
  await choose(ana.page, "New channel");
  await ana.page.getByLabel("Name", { exact: true }).fill(`#${name.toUpperCase().replaceAll("-", " ")}`);
  await expect(ana.page.getByText(`It will be called #${name}`)).toBeVisible();
  await ana.page.getByRole("button", { name: "Create channel" }).click();
  await expect(ana.page.getByRole("heading", { level: 1, name })).toBeVisible();
  await choose(ana.page, "New channel");
  await ana.page.getByLabel("Name", { exact: true }).fill(name);
  await ana.page.getByRole("button", { name: "Create channel" }).click();
  await expect(ana.page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(ana.page.getByLabel("Name", { exact: true })).toBeFocused();
});

test("a rename and a topic reach everybody's open screen, list and header", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const [name, next] = [channelName("first"), channelName("second")];
  await newChannel(ana.page, name, [ben]);
  await goTo(ben.page, name);
  await ana.page.getByRole("button", { name: `More about #${name}` }).click();
  await ana.page.getByRole("menuitem", { name: "Details and settings" }).click();
  const details = ana.page.getByRole("complementary", { name: "Details" });
  await details.getByLabel("Name").fill(next.toUpperCase().replaceAll("-", " "));
  await expect(details.getByText(`It will be called #${next}`)).toBeVisible();
  await details.getByRole("button", { name: "Save" }).click();
  await expect(ben.page.getByRole("heading", { level: 1, name: next })).toBeVisible();
  await expect(row(ben.page, next)).toBeVisible();
  await expect(row(ben.page, name)).toHaveCount(0);
  await expect(ben.page).toHaveTitle(new RegExp(`#${next}, `));
  await ana.page.getByRole("button", { name: "Add a topic" }).click();
  await ana.page.getByRole("textbox", { name: "Topic" }).first().fill("Saturday at seven");
  await ana.page.getByRole("textbox", { name: "Topic" }).first().press("Enter");
  await expect(ben.page.locator("main header").getByText("Saturday at seven")).toBeVisible();
  const changed = ana.page.locator("main header").getByRole("button", { name: "Saturday at seven" });
  await expect(changed, "the keyboard is where it was").toBeFocused();
  await changed.press("Enter");
  await ana.page.getByRole("textbox", { name: "Topic" }).first().press("Escape");
  await expect(changed).toBeFocused();
});

test("ben leaves a channel by himself and comes back; the others see both", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("door");
  await newChannel(ana.page, name, [ben]);
  await goTo(ben.page, name);
  await ben.page.getByRole("button", { name: `More about #${name}` }).click();
  await ben.page.getByRole("menuitem", { name: `Leave #${name}` }).click();
  await expect(ben.page.getByRole("heading", { level: 1, name: "lobby" })).toBeVisible();
  await expect(row(ben.page, name)).toHaveCount(0);
  await expect(ana.page.getByRole("button", { name: "1 member", exact: true })).toBeVisible();
  await ben.page.goto("/rooms/browse");
  await live(ben.page);
  await ben.page.getByRole("button", { name: `Join #${name}` }).click();
  await expect(composer(ben.page)).toBeVisible();
  await expect(ana.page.getByRole("button", { name: "2 members" })).toBeVisible();
});

test("archiving reaches an open screen: ben can read, not write, until ana restores it", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("season");
  await newChannel(ana.page, name, [ben]);
  const said = words("One for the archive");
  await say(ana.page, said);
  await goTo(ben.page, name);
  await reads(ben.page, said);
  await ana.page.getByRole("button", { name: `More about #${name}` }).click();
  await ana.page.getByRole("menuitem", { name: `Archive #${name}` }).click();
  await confirm(ana.page, "Archive");
  await expect(ben.page.getByText(`#${name} is archived.`)).toBeVisible();
  await expect(composer(ben.page)).toHaveCount(0);
  await expect(ben.page.getByRole("button", { name: "Restore" }), "that is for its owners").toHaveCount(0);
  await reads(ben.page, said);
  await ana.page.getByRole("button", { name: "Restore" }).click();
  await expect(composer(ben.page)).toBeVisible();
  const again = words("And on it goes");
  await say(ben.page, again);
  await reads(ana.page, again);
});

test("whoever stands before a room that they are not in is let in by being added to it", async ({
  person,
  problems,
}) => {
  problems.allow(/Failed to load resource.*404/);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("vault");
  await newChannel(ana.page, name, [], true);
  const roomId = roomOn(ana.page);
  await ben.page.goto(`/rooms/${roomId}`);
  await live(ben.page);
  await expect(ben.page.getByText("There's no such room here")).toBeVisible();
  await call(ana.page, "mutation", "member.add", { roomId, userIds: [await idOf(ana.page, ben)] });
  await arrived(ben.page, name);
});

test("the page of a room that ben is not in tells, when he looks at it again, what has become of it", async ({
  person,
  problems,
}) => {
  problems.allow(/Failed to load resource.*404/);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("weather");
  await newChannel(ana.page, name, [], true);
  const roomId = roomOn(ana.page);
  // Whoever comes and goes in a room that is on screen has it drawn anew.
  await goTo(ana.page, "lobby");
  await ben.page.goto(`/rooms/${roomId}`);
  await live(ben.page);
  await expect(ben.page.getByText("There's no such room here")).toBeVisible();
  const become = async (verb: string, input: object, words: string | RegExp) => {
    await lookAway(ben.page);
    await call(ana.page, "mutation", verb, { roomId, ...input });
    await lookBack(ben.page);
    await expect(ben.page.getByText(words)).toBeVisible();
    await live(ben.page);
  };
  await become("room.update", { visibility: "public" }, /^1 person is in this channel/);
  await become("room.leave", {}, /^Everybody has left this channel/);
  await become("room.join", {}, /^1 person is in this channel. It is archived/);
  await expect(ben.page.getByRole("button", { name: "Join channel" })).toHaveCount(0);
  await become("room.restore", {}, /Anybody here can join/);
  await become("room.update", { visibility: "private" }, "There's no such room here");
});

test("who is the last one in a channel is told what leaving means; taken up again it has an owner", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("alone");
  await newChannel(ana.page, name);
  const address = ana.page.url();
  await ana.page.getByRole("button", { name: `More about #${name}` }).click();
  await ana.page.getByRole("menuitem", { name: `Leave #${name}` }).click();
  const question = ana.page.getByRole("alertdialog", { name: `Leave #${name}?` });
  await expect(question).toContainText("You're the last one in it, so it will be archived.");
  await question.getByRole("button", { name: "Leave" }).click();
  await arrived(ana.page, "lobby");
  await ben.page.goto(address);
  await expect(ben.page.getByText("Whoever joins it now owns it, and can restore it.")).toBeVisible();
  await ben.page.getByRole("button", { name: "Join channel" }).click();
  await ben.page.getByRole("button", { name: "Restore" }).click();
  await expect(composer(ben.page)).toBeVisible();
  await expect(row(ben.page, name)).toBeVisible();
});

test("a private channel is made public only by who was asked; what else is being written there stays", async ({
  person,
}) => {
  const { page } = await person("Ana");
  const name = channelName("inner");
  await newChannel(page, name, [], true);
  await page.getByRole("button", { name: `More about #${name}` }).click();
  await page.getByRole("menuitem", { name: "Details and settings" }).click();
  const details = page.getByRole("complementary", { name: "Details" });
  await details.getByLabel("Topic").fill("Half a topic");
  await details.getByRole("radio", { name: "Public" }).click({ force: true });
  const question = page.getByRole("alertdialog", { name: `Make #${name} public?` });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(details.getByRole("radio", { name: "Private" })).toBeChecked();
  await details.getByRole("radio", { name: "Public" }).click({ force: true });
  await question.getByRole("button", { name: "Make it public" }).click();
  await expect(details.getByRole("radio", { name: "Public" })).toBeChecked();
  await details.getByRole("radio", { name: "Private" }).click({ force: true });
  await expect(details.getByText("Only the people in it know that it exists.")).toBeVisible();
  await expect(details.getByLabel("Topic")).toHaveValue("Half a topic");
  const save = details.getByRole("button", { name: "Save" });
  await save.click();
  await expect(page.locator("main header").getByText("Half a topic")).toBeVisible();
  await expect(save).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(details).toHaveCount(0);
});

test("whoever is taken out of a room that is not on their screen is told so", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("crew");
  await newChannel(ana.page, name, [ben], true);
  await expect(row(ben.page, name)).toBeVisible();
  const userId = await idOf(ana.page, ben);
  await call(ana.page, "mutation", "member.remove", { roomId: roomOn(ana.page), userId });
  await expect(ben.page.getByText(`You're no longer in #${name}`)).toBeVisible();
  await expect(row(ben.page, name)).toHaveCount(0);
});
