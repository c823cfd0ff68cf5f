import { reads, say, words } from "./composer.ts";
import { expect, test } from "./fixtures.ts";
import { fill, group, holdsStill, row } from "./talk.ts";

test("ana reacts, ben sees it, adds his own to it, and takes it back", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const said = words("Cake in the kitchen");
  await say(ben.page, said);
  await reads(ana.page, said);
  await row(ana.page, said).hover();
  await row(ana.page, said).getByRole("button", { name: "React with 👍" }).click();
  const chip = row(ben.page, said).getByRole("button", { name: /^👍 \d/ });
  await expect(chip).toHaveAccessibleName("👍 1. Ana reacted with 👍");
  await expect(chip).toHaveAttribute("aria-pressed", "false");
  await chip.click();
  await expect(chip).toHaveAttribute("aria-pressed", "true");
  const hers = row(ana.page, said).getByRole("button", { name: /^👍 \d/ });
  await expect(hers).toHaveAccessibleName("👍 2. You and Ben reacted with 👍");
  await chip.click();
  await expect(hers).toHaveAccessibleName("👍 1. You reacted with 👍");
});

test("any emoji is found in the picker", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const said = words("The sea is loud");
  await say(ana.page, said);
  await reads(ana.page, said);
  await row(ana.page, said).hover();
  await row(ana.page, said).getByRole("button", { name: "Add a reaction" }).click();
  await ana.page.getByRole("searchbox", { name: "Search emoji" }).fill("water wave");
  await ana.page.getByRole("option", { name: /wave/i }).first().click();
  await expect(row(ben.page, said).getByRole("button", { name: /^🌊 1/ })).toBeVisible();

  // By its own name it comes before those that merely have to do with it, in whatever group they are.
  await row(ana.page, said).hover();
  await row(ana.page, said).getByRole("toolbar").getByRole("button", { name: "Add a reaction" }).click();
  const search = ana.page.getByRole("searchbox", { name: "Search emoji" });
  await search.fill("rocket");
  const found = ana.page.getByRole("listbox", { name: "Emoji found" });
  await expect(found.getByRole("option").first()).toHaveText("🚀");
  await expect(found.getByRole("option", { selected: true })).toHaveText("🚀");
  await search.press("ArrowRight");
  await expect(found.getByRole("option", { selected: true })).toHaveAccessibleName("astronaut");
  await search.press("ArrowLeft");
  await search.press("Enter");
  await expect(row(ben.page, said).getByRole("button", { name: /^🚀 1/ })).toBeVisible();
});

test("a row gets its bar when another row's, which lay over it, has gone", async ({ person, server }) => {
  const ana = await person("Ana");
  const roomId = await group(ana);
  const mark = words("under");
  await fill(server.databaseUrl, roomId, ana, mark, 30);
  const [upper, lower] = [row(ana.page, `${mark} line 28`), row(ana.page, `${mark} line 29`)];
  await lower.hover();
  // Its bar lies over the row above, and the pointer is on it.
  await lower.getByRole("button", { name: "Add a reaction" }).click();
  await expect(ana.page.getByRole("searchbox", { name: "Search emoji" })).toBeFocused();
  await ana.page.keyboard.press("Escape");
  await expect(ana.page.getByRole("searchbox", { name: "Search emoji" })).toHaveCount(0);
  await upper.hover();
  await expect(upper.getByRole("toolbar", { name: "Message actions" })).toBeVisible();
});

test("a reaction that the server refuses is taken back, and said so", async ({ person, problems }) => {
  problems.allow(/Failed to load resource/);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const said = words("Gone in a moment");
  await say(ben.page, said);
  await reads(ana.page, said);
  await ana.page.route(/trpc\/message\.react/, (route) => route.abort());
  await ana.page.routeWebSocket(/\/trpc/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      if (!String(frame).includes('"message.react"')) return server.send(frame);
      const [asked] = [JSON.parse(String(frame))].flat();
      const data = { code: "CONFLICT", reason: "CONFLICT" };
      socket.send(JSON.stringify({ id: asked.id, error: { code: -32009, message: "Too many reactions.", data } }));
    });
  });
  await ana.page.reload();
  await expect(ana.page.locator("html")).toHaveAttribute("data-connection", "live");
  await row(ana.page, said).hover();
  await row(ana.page, said).getByRole("button", { name: "React with 👍" }).click();
  await expect(ana.page.getByText("Too many reactions.")).toBeVisible();
  await expect(row(ana.page, said).getByRole("button", { name: /^👍 \d/ })).toHaveCount(0);
});

test("nothing moves under ben when ana reacts to what he has left behind", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const first = words("The first of many");
  await say(ana.page, first);
  const long = `${words("A long one")}\n${"and on and on\n".repeat(60)}`.trim();
  await say(ana.page, long);
  await reads(ben.page, first);
  const end = row(ben.page, /A long one/);
  await expect(end).toBeInViewport();
  await holdsStill(end, async () => {
    await row(ana.page, first).hover();
    await row(ana.page, first).getByRole("button", { name: "React with ❤️" }).click();
    await expect(row(ana.page, first).getByRole("button", { name: /^❤️ 1/ })).toBeVisible();
  });
});
