import { composer, reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { channelName, goTo, newChannel, row } from "./places.ts";
import { choose, fill, row as message, roomOn } from "./talk.ts";

test("a draft stays in its room, over a switch and a reload, and its room is marked until it is sent", async ({
  person,
}) => {
  const ana = await person("Ana");
  const name = channelName("notes");
  await newChannel(ana.page, name);
  const draft = words("Half a thought");
  await composer(ana.page).fill(draft);
  await goTo(ana.page, "lobby");
  await expect(composer(ana.page), "it does not follow her").toHaveValue("");
  await expect(row(ana.page, name)).toHaveAccessibleName(/draft/);
  await expect(row(ana.page, "lobby")).not.toHaveAccessibleName(/draft/);
  await ana.page.reload();
  await live(ana.page);
  await expect(row(ana.page, name)).toHaveAccessibleName(/draft/);
  await goTo(ana.page, name);
  await expect(composer(ana.page)).toHaveValue(draft);
  await composer(ana.page).press("Enter");
  await reads(ana.page, draft);
  await expect(row(ana.page, name)).not.toHaveAccessibleName(/draft/);
});

test("who comes back goes on where the draft ends, and still answers what was quoted", async ({ person, server }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("hideout");
  await newChannel(ana.page, name, [ben]);
  const [said, answer] = [words("Who has the key"), words("It is under the mat")];
  await say(ana.page, said);
  await goTo(ben.page, name);
  await choose(ben.page, message(ben.page, said), "Quote");
  const field = composer(ben.page);
  await field.pressSequentially("hello wor");
  await goTo(ben.page, "lobby");
  await expect(field, "it does not follow him").toHaveValue("");
  await expect(ben.page.getByRole("button", { name: "Cancel reply" })).toHaveCount(0);
  await goTo(ben.page, name);
  await expect(field).toBeFocused();
  await ben.page.keyboard.type("ld");
  await expect(field).toHaveValue("hello world");
  await ben.page.reload();
  await live(ben.page);
  await expect(ben.page.getByRole("button", { name: "Cancel reply" })).toBeVisible();
  await fill(server.databaseUrl, roomOn(ben.page), ana, words("much"), 120);
  await ben.page.reload();
  await live(ben.page);
  await expect(field.locator("..").getByText(said), "also of a message that is not loaded").toBeVisible();
  await field.fill(answer);
  await field.press("Enter");
  await expect(message(ana.page, answer).getByRole("button", { name: said })).toBeVisible();
  await expect(ben.page.getByRole("button", { name: "Cancel reply" })).toHaveCount(0);
});

test("somebody else on the same device does not find ana's draft", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const draft = words("For my eyes");
  await composer(ana.page).fill(draft);
  await expect(row(ana.page, "lobby")).toHaveAccessibleName(/draft/);
  await ana.context.clearCookies();
  await ana.context.addCookies(await ben.context.cookies());
  await ana.page.goto("/");
  await live(ana.page);
  await expect(composer(ana.page)).toHaveValue("");
  await expect(row(ana.page, "lobby")).not.toHaveAccessibleName(/draft/);
});
