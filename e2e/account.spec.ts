import { expect, live, signIn, test, uniqueUsername } from "./fixtures.ts";

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
