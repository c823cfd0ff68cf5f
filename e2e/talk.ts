import { randomUUID } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import pg from "pg";
import { history, words } from "./composer.ts";
import { live, type Person } from "./fixtures.ts";

/** What a person does with messages and in rooms, beyond sending. */

/** Calls a procedure as the person on this page, for what a test needs and is not about. */
export async function call<Answer>(
  page: Page,
  kind: "query" | "mutation",
  path: string,
  input: unknown,
): Promise<Answer> {
  return page.evaluate(
    async ([kind, path, input]) => {
      const address = `/trpc/${path}`;
      const response = await (kind === "query"
        ? fetch(`${address}?input=${encodeURIComponent(input)}`)
        : fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: input }));
      const answer = await response.json();
      if (answer.error) throw new Error(`${path}: ${answer.error.message}`);
      return answer.result.data;
    },
    [kind, path, JSON.stringify(input)] as const,
  );
}

export async function idOf(page: Page, person: Person): Promise<string> {
  const query = { query: person.username, limit: 20 };
  const found = await call<{ id: string; username: string }[]>(page, "query", "person.find", query);
  const id = found.find(({ username }) => username === person.username)?.id;
  if (!id) throw new Error(`${person.username} was not found`);
  return id;
}

export async function open(person: Person, roomId: string): Promise<void> {
  await person.page.goto(`/rooms/${roomId}`);
  await live(person.page);
}

/** A group of these people and nobody else, open on every screen. Answers its id. */
export async function group(first: Person, ...others: Person[]): Promise<string> {
  const roomId = randomUUID();
  const memberIds = await Promise.all(others.map((other) => idOf(first.page, other)));
  await call(first.page, "mutation", "room.create", { kind: "group", roomId, title: words("group"), memberIds });
  for (const person of [first, ...others]) await open(person, roomId);
  return roomId;
}

/** The room of two, open on the screens that are asked for. */
export async function direct(first: Person, second: Person, ...screens: Person[]): Promise<string> {
  const userId = await idOf(first.page, second);
  const { id } = await call<{ id: string }>(first.page, "mutation", "room.direct", { userId });
  for (const person of screens) await open(person, id);
  return id;
}

/** The room on this screen. */
export function roomOn(page: Page): string {
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/**
 * Much talk in a room, by somebody at a console: the triggers number and announce it like anything else. With a `tail`,
 * each line goes on for 0 to 4 times that, so that no two neighbours are of one height.
 */
export async function fill(
  databaseUrl: string,
  roomId: string,
  { username }: Person,
  mark: string,
  lines: number,
  tail = "",
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `insert into message (room_id, author_id, body)
     select $1, (select id from "user" where username = $2), $3 || ' line ' || n || repeat($5, n % 5) from generate_series(1, $4::int) n`,
    [roomId, username, mark, lines, tail],
  );
  await client.end();
}

/** The message that says this. */
export function row(page: Page, body: string | RegExp): Locator {
  return history(page).getByRole("article").filter({ hasText: body });
}

/** Does something with a message by its menu. */
export async function choose(page: Page, message: Locator, item: string): Promise<void> {
  await message.hover();
  await message.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** The open thread's panel. */
export function thread(page: Page): Locator {
  return page.getByRole("complementary", { name: "Thread" });
}

export async function reply(page: Page, body: string): Promise<void> {
  const field = thread(page).getByRole("textbox", { name: "Reply" });
  await field.fill(body);
  await field.press("Enter");
}

/** Nobody looks at this page: another window has the focus. */
export async function lookAway(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.hasFocus = () => false;
    window.dispatchEvent(new Event("blur"));
  });
}

export async function lookBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    Reflect.deleteProperty(document, "hasFocus");
    window.dispatchEvent(new Event("focus"));
  });
}

/** How much the server says is unread for this person in a room. */
export async function unreadOf(page: Page, roomId: string): Promise<number> {
  const rooms = await call<{ id: string; unread: number }[]>(page, "query", "room.list", null);
  return rooms.find(({ id }) => id === roomId)?.unread ?? Number.NaN;
}

/** How far down a message stands on the screen. */
export async function top(message: Locator): Promise<number> {
  return (await message.boundingBox())?.y ?? Number.NaN;
}

/** Runs something, and holds that a message has not moved. */
export async function holdsStill(message: Locator, work: () => Promise<void>): Promise<void> {
  let before = Number.NaN;
  await expect(async () => {
    const last = before;
    before = await top(message);
    expect(before, "it has come to rest").toBe(last);
  }).toPass();
  await work();
  await expect.poll(async () => Math.abs((await top(message)) - before)).toBeLessThanOrEqual(2);
}
