import { composer, reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { arrived, choose, goTo, message, pick, row, sidebar } from "./places.ts";

test("ana writes to ben: one room for the two of them, whoever starts it and however often", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await message(ana.page, ben);
  const room = ana.page.url();
  await expect(row(ben.page, "Ana"), "nobody has written yet, so ben is not told").toHaveCount(0);
  const hello = words("Only for Ben");
  await say(ana.page, hello);
  await expect(row(ben.page, "Ana")).toContainText("1 unread");
  await expect(ben.page, "words to one person count in the title").toHaveTitle(/^\(1\) /);
  await message(ben.page, ana);
  expect(ben.page.url()).toBe(room);
  await reads(ben.page, hello);
  await expect(ben.page).toHaveTitle(/^Ana, /);
  await goTo(ana.page, "lobby");
  await message(ana.page, ben);
  expect(ana.page.url()).toBe(room);
});

test("both start at the same moment and end in the same room", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await Promise.all([choose(ana.page, "Message somebody"), choose(ben.page, "Message somebody")]);
  await Promise.all([pick(ana.page, "To", [ben]), pick(ben.page, "To", [ana])]);
  await Promise.all([arrived(ana.page, "Ben"), arrived(ben.page, "Ana")]);
  expect(ana.page.url()).toBe(ben.page.url());
  const said = words("Met in the middle");
  await say(ana.page, said);
  await reads(ben.page, said);
});

test("notes to oneself are a room that nobody else is in", async ({ person }) => {
  const ana = await person("Ana");
  await choose(ana.page, "Message somebody");
  await ana.page.getByRole("button", { name: "Notes to yourself" }).click();
  await arrived(ana.page, "Ana (you)");
  const note = words("Buy rolls");
  await say(ana.page, note);
  await reads(ana.page, note);
  await ana.page.reload();
  await live(ana.page);
  await reads(ana.page, note);
  await expect(sidebar(ana.page).getByRole("link", { name: /^Ana \(you\)/ })).toBeVisible();
});

test("cleo, who is not one of the two, does not find their room", async ({ person, problems }) => {
  problems.allow(/Failed to load resource.*404/);
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  await message(ana.page, ben);
  await say(ana.page, words("Between us"));
  await cleo.page.goto(ana.page.url());
  await expect(cleo.page.getByRole("heading", { name: "There's no such room here" })).toBeVisible();
  await ben.page.goto(ana.page.url());
  await expect(composer(ben.page)).toBeVisible();
});
