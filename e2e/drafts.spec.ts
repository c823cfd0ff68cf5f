import { composer, reads, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";
import { channelName, goTo, newChannel, row } from "./places.ts";

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
