import { expect, live, signIn, test } from "./fixtures.ts";

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
