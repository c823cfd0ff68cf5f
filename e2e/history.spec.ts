import pg from "pg";
import { distanceFromEnd, history, reads, say, timeline, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";

/** Three pages of talk in the lobby, by somebody at a console: the triggers number and announce it like anything else. */
async function fillLobby(databaseUrl: string, username: string, mark: string, lines: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `insert into message (room_id, author_id, body)
     select (select id from room where is_lobby), (select id from "user" where username = $1), $2 || ' line ' || n from generate_series(1, $3::int) n`,
    [username, mark, lines],
  );
  await client.end();
}

test("older history loads on scrolling up, and what ben reads stays where it is", async ({ person, server }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const mark = words("old");
  await fillLobby(server.databaseUrl, ana.username, mark, 130);
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
