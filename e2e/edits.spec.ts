import { composer, history, reads, say, timeline, words } from "./composer.ts";
import { expect, test } from "./fixtures.ts";
import { choose, fill, group, holdsStill, row, top } from "./talk.ts";

test("ana edits with ↑, ben sees it at once, and what it said before", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const [wrong, right] = [words("Meet at nine"), words("Meet at ten")];
  await say(ana.page, wrong);
  await reads(ben.page, wrong);
  await composer(ana.page).press("ArrowUp");
  const box = ana.page.getByRole("textbox", { name: "Edit message" });
  await expect(box).toHaveValue(wrong);
  await box.fill(right);
  await box.press("Enter");
  await reads(ben.page, right);
  await expect(history(ben.page).getByText(wrong)).toHaveCount(0);
  await row(ben.page, right)
    .getByRole("button", { name: /^Edited/ })
    .click();
  await expect(ben.page.getByRole("dialog", { name: "Edit history" }).getByText(wrong)).toBeVisible();
});

test("at the upper edge of the list the bar of a message and its edit box stay in sight", async ({
  person,
  server,
}) => {
  const ana = await person("Ana");
  const roomId = await group(ana);
  const mark = words("edge");
  await fill(server.databaseUrl, roomId, ana, mark, 40);
  const line = row(ana.page, `${mark} line 14`);
  await expect(row(ana.page, `${mark} line 40`)).toBeInViewport();
  const list = timeline(ana.page);
  const edge = async () => (await list.boundingBox())?.y ?? Number.NaN;
  // Until the row's upper edge is the list's.
  await list.hover();
  await expect(async () => {
    await ana.page.mouse.wheel(0, (await top(line)) - (await edge()));
    expect(Math.abs((await top(line)) - (await edge()))).toBeLessThan(2);
  }).toPass();
  await line.hover();
  const bar = line.getByRole("toolbar", { name: "Message actions" });
  expect(await top(bar)).toBeGreaterThanOrEqual(await edge());
  await expect(bar).toBeInViewport({ ratio: 1 });
  await line.focus();
  await line.press("e");
  const box = ana.page.getByRole("form", { name: "Edit your message" });
  await expect(box.getByRole("textbox")).toBeFocused();
  await expect.poll(async () => (await top(box)) - (await edge())).toBeGreaterThanOrEqual(0);
});

test("Esc leaves the message as it was", async ({ person }) => {
  const ana = await person("Ana");
  await group(ana);
  const said = words("As it was");
  await say(ana.page, said);
  await reads(ana.page, said);
  await composer(ana.page).press("ArrowUp");
  await ana.page.getByRole("textbox", { name: "Edit message" }).fill("something else");
  await ana.page.getByRole("textbox", { name: "Edit message" }).press("Escape");
  await reads(ana.page, said);
  await expect(row(ana.page, said).getByText("edited")).toHaveCount(0);
});

test("a message that ends in a room's name is taken up without suggestions, and Esc leaves it", async ({ person }) => {
  const ana = await person("Ana");
  await group(ana);
  const said = `${words("It was said in")} #lobby`;
  await say(ana.page, said);
  await expect(row(ana.page, "It was said in")).toBeVisible();
  await composer(ana.page).press("ArrowUp");
  const box = ana.page.getByRole("textbox", { name: "Edit message" });
  await expect(box).toHaveValue(said);
  await box.press("End");
  await expect(ana.page.getByRole("option")).toHaveCount(0);
  await box.press("Escape");
  await expect(box).toHaveCount(0);
});

test("a message that is deleted leaves a tombstone for both, after a question", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const said = words("Better not said");
  await say(ana.page, said);
  await reads(ben.page, said);
  await choose(ana.page, row(ana.page, said), "Delete");
  await ana.page.getByRole("button", { name: "Cancel" }).click();
  await reads(ana.page, said);
  await choose(ana.page, row(ana.page, said), "Delete");
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(ben.page.getByText("This message was deleted")).toBeVisible();
  await expect(history(ben.page).getByText(said)).toHaveCount(0);
  await expect(composer(ana.page), "her bar has gone with the message: she goes on writing").toBeFocused();
});

test("an edit to nothing asks whether to delete", async ({ person }) => {
  const ana = await person("Ana");
  await group(ana);
  const said = words("Soon empty");
  await say(ana.page, said);
  await reads(ana.page, said);
  await composer(ana.page).press("ArrowUp");
  await ana.page.getByRole("textbox", { name: "Edit message" }).fill("");
  await ana.page.getByRole("textbox", { name: "Edit message" }).press("Enter");
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(ana.page.getByText("This message was deleted")).toBeVisible();
});

test("ben is not offered to edit or delete what ana wrote; ana is", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const said = words("Mine alone");
  await say(ana.page, said);
  await reads(ben.page, said);
  for (const { page, count } of [
    { page: ben.page, count: 0 },
    { page: ana.page, count: 1 },
  ]) {
    await row(page, said).hover();
    await row(page, said).getByRole("button", { name: "More", exact: true }).click();
    await expect(page.getByRole("menuitem", { name: "Copy link" })).toBeVisible();
    for (const name of ["Edit", "Delete"]) await expect(page.getByRole("menuitem", { name })).toHaveCount(count);
    await page.keyboard.press("Escape");
  }
});

test("a quote leads to what it quotes, and says when that was deleted", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const [question, answer] = [words("Is the kettle live"), words("It is now")];
  await say(ana.page, question);
  await reads(ben.page, question);
  await row(ben.page, question).hover();
  await row(ben.page, question).getByRole("button", { name: "Quote" }).click();
  await composer(ben.page).fill(answer);
  await composer(ben.page).press("Enter");
  await reads(ana.page, answer);
  const quote = quoteIn(answer);
  await expect(quote).toContainText(question);
  await choose(ana.page, row(ana.page, new RegExp(`^(?!.*${answer}).*${question}`)).first(), "Delete");
  await ana.page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(quote).toContainText("A deleted message");

  function quoteIn(body: string) {
    return row(ana.page, body).locator(".quote");
  }
});

test("what ben reads stays where it is while ana makes a message above it longer", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await group(ana, ben);
  const [above, middle] = [words("It will grow"), words("Ben reads this")];
  await say(ana.page, above);
  for (let n = 0; n < 3; n++) await say(ana.page, `${words("filler")}\n${"line\n".repeat(20)}end`);
  await say(ana.page, middle);
  await reads(ben.page, middle);
  await holdsStill(row(ben.page, middle), async () => {
    await choose(ana.page, row(ana.page, above), "Edit");
    const box = ana.page.getByRole("textbox", { name: "Edit message" });
    await box.fill(`${above}\n${"more\n".repeat(10)}enough`);
    await box.press("Enter");
    await expect(ana.page.getByText("enough")).toHaveCount(1);
  });
});
