import { randomUUID } from "node:crypto";
import { composer, history, say, words } from "./composer.ts";
import { expect, test } from "./fixtures.ts";
import { call, group } from "./talk.ts";

test("code comes plain, then in colour from a worker, in a box of the same height, and can be copied", async ({
  person,
}) => {
  const ana = await person("Ana");
  await ana.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const mark = words("guard");
  const code = `// ${mark}\nawait player.fadeTo("sea", { over: 3 }); // ${"a long way ".repeat(20)}`;
  const workers: string[] = [];
  ana.page.on("worker", (worker) => workers.push(worker.url()));
  await say(ana.page, `Without colour: \`${mark}\``);
  expect(workers).toEqual([]);
  await say(ana.page, `\`\`\`ts\n${code}\n\`\`\``);
  const box = history(ana.page).locator(".codeblock").filter({ hasText: mark });
  await expect(box.getByText("TypeScript")).toBeVisible();
  // Asked of the element itself: between the outbox and the history there is a moment without one.
  const heightOf = () => box.evaluate((element) => element.getBoundingClientRect().height);
  const height = await heightOf();
  await expect(box.locator(".q").first()).toHaveText(`// ${mark}`);
  expect(workers).toHaveLength(1);
  expect(await heightOf()).toBe(height);
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await box.hover();
  await box.getByRole("button", { name: "Copy code" }).click();
  await expect(box.getByRole("status")).toHaveText("Copied");
  expect(await ana.page.evaluate(() => navigator.clipboard.readText())).toBe(code);
});

test("what ana types as Markdown, ben reads as she meant it", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const mark = words("meant");
  const lines = [
    `**${mark}**`,
    "> a quote",
    "an answer",
    "- [x] rolls",
    "- [ ] tea",
    "",
    "| a | b |",
    "|---|---|",
    "| c | d |",
  ];
  await composer(ana.page).fill(lines.join("\n"));
  await composer(ana.page).press("Enter");
  const message = ben.page.getByRole("article").filter({ hasText: mark });
  await expect(message.getByRole("strong")).toHaveText(mark);
  await expect(message.getByRole("blockquote")).toHaveText("a quote");
  await expect(message.getByRole("checkbox", { name: "Done" })).toBeChecked();
  await expect(message.getByRole("checkbox", { name: "To do" })).toBeDisabled();
  await expect(message.getByRole("cell", { name: "d" })).toBeVisible();
});

test("a shortcode that a program sends is drawn as its emoji; what is no code stays what was typed", async ({
  person,
}) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const roomId = await group(ana, ben);
  const mark = words("shipped");
  const send = { roomId, clientId: randomUUID(), body: `:tada: **${mark} :+1:** at 10:30:45, :no_such_code:` };
  await call(ana.page, "mutation", "message.send", send);
  const message = ben.page.getByRole("article").filter({ hasText: mark });
  await expect(message.getByRole("paragraph")).toContainText(`🎉 ${mark} 👍 at 10:30:45, :no_such_code:`);
});
