import { composer, reads, say, words } from "./composer.ts";
import { expect, test } from "./fixtures.ts";
import { channelName, goTo, newChannel, openPalette, row } from "./places.ts";
import { direct } from "./talk.ts";

test("ana's name in a room where she is not makes it stand out, in the list and in the title", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("desk");
  await newChannel(ben.page, name, [ana]);
  await expect(row(ana.page, name)).toBeVisible();
  await say(ben.page, words("Nothing about her"));
  await expect(row(ana.page, name)).toHaveAccessibleName(/1 unread/);
  const called = words(`Where are you, @${ana.username}`);
  await say(ben.page, called);
  await expect(row(ana.page, name)).toHaveAccessibleName(/1 mention/);
  await expect(ana.page).toHaveTitle(/^\(1\) #lobby, /);
  await goTo(ana.page, name);
  await expect(row(ana.page, name)).not.toHaveAccessibleName(/mention|unread/);
  await expect(ana.page).toHaveTitle(new RegExp(`^#${name}, `));
});

test("somebody else's name does not call ana", async ({ person }) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  const name = channelName("calls");
  await newChannel(ben.page, name, [ana, cleo]);
  await say(ben.page, words(`For you, @${cleo.username}`));
  await expect(row(cleo.page, name)).toHaveAccessibleName(/1 mention/);
  await expect(row(ana.page, name)).toHaveAccessibleName(/1 unread/);
});

test("at level mentions only her name weighs; in a muted room it is shown, and the title is silent", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("level");
  await newChannel(ben.page, name, [ana]);
  const choose = async (level: string) => {
    await row(ana.page, name).click({ button: "right" });
    await ana.page.getByRole("menuitemradio", { name: level }).click();
  };
  await choose("Notify me of mentions");
  const quiet = words("Not about her");
  await say(ben.page, quiet);
  await reads(ben.page, quiet);
  const called = words(`But this is, @${ana.username}`);
  await say(ben.page, called);
  await expect(row(ana.page, name)).toHaveAccessibleName(/1 mention/);
  await expect(ana.page).toHaveTitle(/^\(1\) #lobby, /);
  await choose("Mute");
  await expect(row(ana.page, name)).toHaveAccessibleName(/muted.*, 1 mention/);
  await expect(ana.page).toHaveTitle(/^#lobby, /);
});

test("whom ana names though they are not in the room nobody tells: she hears so, and adds them", async ({ person }) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  const robin = await person("Robin");
  const name = channelName("guests");
  await newChannel(ana.page, name, [ben]);
  const note = ana.page.getByRole("status").filter({ hasText: "won't hear of this" });
  await say(ana.page, words(`Hello @${ben.username}`));
  await expect(row(ben.page, name)).toHaveAccessibleName(/1 mention/);
  await say(ana.page, words(`And @${cleo.username}, and @${ben.username}`));
  await expect(note).toContainText(`Cleo isn't in #${name}, and won't hear of this.`);
  await expect(row(cleo.page, name)).toHaveCount(0);
  await note.getByRole("button", { name: "Add them" }).click();
  await expect(row(cleo.page, name), "then it calls her after all").toHaveAccessibleName(/1 mention/);
  await expect(note).toHaveCount(0);
  await say(ana.page, words(`Now, @${cleo.username} and @${robin.username}`));
  await expect(row(cleo.page, name)).toHaveAccessibleName(/2 mentions/);
  await expect(note, "cleo is in it now").toContainText(/^Robin isn't in/);
});

test("in a room of two there is nobody to add: it only says that the third hears nothing", async ({ person }) => {
  const [ana, ben, cleo] = [await person("Ana"), await person("Ben"), await person("Cleo")];
  await direct(ana, ben, ana);
  await say(ana.page, words(`What does @${cleo.username} think`));
  const note = ana.page.getByRole("status").filter({ hasText: "Cleo isn't in this conversation" });
  await expect(note).toBeVisible();
  await expect(note.getByRole("button", { name: "Add them" })).toHaveCount(0);
  await note.getByRole("button", { name: "Dismiss" }).click();
  await expect(note).toHaveCount(0);
});

test("a name is completed also of who is not in the room, and of a public channel that ana is not in", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const [mine, his, hidden] = [channelName("mine"), channelName("wharf"), channelName("wharf-hidden")];
  await newChannel(ben.page, hidden, [], true);
  await newChannel(ben.page, his);
  await newChannel(ana.page, mine);
  const option = ana.page.getByRole("option");
  await composer(ana.page).pressSequentially(`#${his.slice(0, -1)}`);
  await expect(option).toHaveText([his]);
  await composer(ana.page).press("Enter");
  await expect(composer(ana.page)).toHaveValue(`#${his} `);
  await composer(ana.page).pressSequentially(`#${hidden.slice(0, -1)}`);
  await expect(ana.page.getByRole("listbox")).toHaveCount(0);
  await composer(ana.page).fill("");
  await composer(ana.page).pressSequentially(`@${ben.username.slice(0, -1)}`);
  await expect(option.filter({ hasText: "not in this room" })).toHaveText([/Ben/]);
  await composer(ana.page).press("Enter");
  await expect(composer(ana.page)).toHaveValue(`@${ben.username} `);
});

test("the palette finds a public channel that ana is not in, and leads to it", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("brand");
  await newChannel(ben.page, name);
  await openPalette(ana.page);
  await ana.page.getByRole("combobox", { name: /^Jump to a room/ }).fill(name);
  await expect(ana.page.getByRole("option", { name: new RegExp(name) })).toContainText("not joined");
  await ana.page.keyboard.press("Enter");
  await expect(ana.page.getByRole("button", { name: "Join channel" })).toBeVisible();
});

test("on a phone the way back tells that something waits in the list", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("behind");
  await newChannel(ben.page, name, [ana]);
  await ana.page.setViewportSize({ width: 390, height: 780 });
  const back = ana.page.getByRole("link", { name: /^Back to rooms/ });
  await expect(back).toHaveAccessibleName("Back to rooms");
  await say(ben.page, words("Nothing about her"));
  await expect(back).toHaveAccessibleName("Back to rooms, some unread");
  await say(ben.page, words(`For @${ana.username}`));
  await expect(back).toHaveAccessibleName("Back to rooms, somebody asks for you");
});

test("an Enter that is faster than the list takes whom ana typed, and nobody else", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const name = channelName("hasty");
  await newChannel(ana.page, name, [ben]);
  const field = composer(ana.page);
  for (let n = 0; n < 5; n++) {
    await field.pressSequentially(`@${ben.username.slice(0, -1)}`);
    await field.press("Enter");
    await expect(field).toHaveValue(`@${ben.username} `);
    await field.fill("");
  }
});
