import { randomBytes } from "node:crypto";
import pg from "pg";
import { expect, live, signIn, signUp, test, uniqueUsername } from "./fixtures.ts";
import { openMembers } from "./places.ts";
import { TestServer } from "./server.ts";

test("ana signs up and is in the lobby, signs out, and comes back to where she was going", async ({ person }) => {
  const ana = await person("Ana");
  const lobby = ana.page.url();
  await expect(ana.page.getByRole("heading", { name: "lobby", exact: true })).toBeVisible();

  await ana.page.getByRole("button", { name: "Sign out" }).click();
  await expect(ana.page).toHaveURL(/\/sign-in/);

  await ana.page.goto(lobby);
  await expect(ana.page).toHaveURL(/\/sign-in/);
  await signIn(ana.page, ana);
  await expect(ana.page).toHaveURL(lobby);
  await live(ana.page);
});

test("the first to come to a new server is led to sign up, and told that the account runs it", async ({
  browser,
  postgres,
}) => {
  const database = `new_${randomBytes(4).toString("hex")}`;
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`create database ${database}`);
  await client.end();
  const address = new URL(postgres.url);
  address.pathname = database;
  const server = await TestServer.create(address.href);
  await server.start();
  try {
    const page = await browser.newPage({ baseURL: server.url });
    await page.goto("/");
    await expect(page.getByText("yours is the account that runs this server")).toBeVisible();
    await signUp(page, { name: "Ana", username: "ana", password: "correct horse battery staple" });
    const members = await openMembers(page);
    await expect(members.getByText("@ana, server admin, joined today")).toBeVisible();
    const other = await browser.newPage({ baseURL: server.url });
    await other.goto("/");
    await expect(other.getByRole("heading", { name: "Sign in to Earshot" })).toBeVisible();
    await other.getByRole("link", { name: "Create an account" }).click();
    await expect(other.getByText("You'll start in the lobby.")).toBeVisible();
    await page.close();
    await other.close();
  } finally {
    await server.stop();
  }
  expect(server.errors).toEqual([]);
});

test("a wrong password is told in a sentence, and the right one still works", async ({ person, problems }) => {
  const ben = await person("Ben");
  problems.allow(/Failed to load resource.*401/);
  await ben.page.getByRole("button", { name: "Sign out" }).click();

  await signIn(ben.page, { username: ben.username, password: "not his password" });
  await expect(ben.page.getByRole("main").getByRole("alert")).toContainText(/password/i);
  await expect(ben.page).toHaveURL(/\/sign-in/);

  await signIn(ben.page, ben);
  await live(ben.page);
});

test("when signing in after sign-up goes wrong, cleo is led to sign-in, not told that her name is taken", async ({
  admin: _,
  page,
  problems,
}) => {
  problems.allow(/Failed to load resource/, /Failed to fetch/, /CLIENT_FETCH_ERROR/);
  await page.route("**/api/auth/callback/**", (route) => route.abort());
  const cleo = { username: uniqueUsername("Cleo"), password: "correct horse battery staple" };
  await page.goto("/sign-up");
  await page.getByLabel("Username").fill(cleo.username);
  await page.getByLabel("Password").fill(cleo.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText("Your account is there. Sign in to go on.")).toBeVisible();
  await page.unroute("**/api/auth/callback/**");
  await signIn(page, cleo);
  await live(page);
});

test("signing out without a server says that one is still signed in, and works when it is back", async ({
  person,
  problems,
}) => {
  problems.allow(/ERR_INTERNET_DISCONNECTED/, /WebSocket connection/, /Failed to fetch/, /CLIENT_FETCH_ERROR/);
  const ana = await person("Ana");
  await ana.context.setOffline(true);
  await ana.page.getByRole("button", { name: "Sign out" }).click();
  await expect(ana.page.getByText("Still signed in. Try again.")).toBeVisible();
  await ana.context.setOffline(false);
  await ana.page.getByRole("button", { name: "Sign out" }).click();
  await expect(ana.page).toHaveURL(/\/sign-in/);
});
