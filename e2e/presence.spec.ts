import { expect, live, test } from "./fixtures.ts";
import { message, row } from "./places.ts";

test("ben is here, away when he touches nothing, here again at his next move, and gone when he closes", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await message(ana.page, ben);
  const said = ana.page.locator("main header").getByText(/Here now|Away|Last seen/);
  await expect(said).toHaveText("Here now");
  await expect(row(ana.page, "Ben"), "in words too, not by colour alone").toHaveAccessibleName(/here now/);
  await ben.page.clock.install();
  await ben.page.reload();
  await live(ben.page);
  await ben.page.clock.fastForward("05:01");
  await expect(said).toHaveText("Away");
  await ben.page.mouse.move(200, 200);
  await ben.page.mouse.move(240, 240);
  await expect(said).toHaveText("Here now");
  await ben.context.close();
  await expect(said).toHaveText(/^Last seen today at/);
});

test("two tabs are one ben: closing one of them changes nothing, and the one in use counts", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await message(ana.page, ben);
  const said = ana.page.locator("main header").getByText(/Here now|Away|Last seen/);
  const second = await ben.context.newPage();
  await second.goto("/");
  await live(second);
  await expect(said).toHaveText("Here now");
  await ben.page.clock.install();
  await ben.page.reload();
  await live(ben.page);
  await ben.page.clock.fastForward("05:01");
  await second.mouse.move(50, 50);
  await expect(said, "he sits at the other one").toHaveText("Here now");
  await second.close();
  await expect(said, "what is left is idle").toHaveText("Away");
});
