import { composer, outbox, reads, say, words } from "./composer.ts";
import { expect, live, test } from "./fixtures.ts";

test("ana and ben talk both ways, live", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  const [hello, answer] = [words("Hello from Ana"), words("And from Ben")];
  await say(ana.page, hello);
  await reads(ben.page, hello);
  await say(ben.page, answer);
  await reads(ana.page, answer);
  await reads(ana.page, hello);
  await expect(outbox(ana.page), "nothing of hers waits any more").toHaveCount(0);
});

test("the newest messages are in the first HTML, before any script has run", async ({ person, browser, server }) => {
  const ana = await person("Ana");
  const said = words("Written on the page itself");
  await say(ana.page, said);
  await reads(ana.page, said);
  const context = await browser.newContext({
    baseURL: server.url,
    javaScriptEnabled: false,
    storageState: await ana.context.storageState(),
  });
  const page = await context.newPage();
  await page.goto(ana.page.url());
  await expect(page.getByText(said)).toBeInViewport();
  await context.close();
});

test("Enter sends, Shift+Enter breaks the line, and Enter that ends a composition does neither", async ({ person }) => {
  const ana = await person("Ana");
  const [first, second] = [words("first line"), words("second line")];
  await composer(ana.page).fill(first);
  await composer(ana.page).press("Shift+Enter");
  await composer(ana.page).pressSequentially(second);
  await composer(ana.page).dispatchEvent("keydown", { key: "Enter", code: "Enter", isComposing: true, bubbles: true });
  await expect(composer(ana.page), "still being written").toHaveValue(`${first}\n${second}`);
  await composer(ana.page).press("Enter");
  await expect(composer(ana.page)).toHaveValue("");
  await expect(ana.page.getByText(`${first}\n${second}`)).toHaveCSS("white-space", /pre-wrap|break-spaces/);
});

test("blank words cannot be sent, and too many stay where they were written", async ({ person }) => {
  const ana = await person("Ana");
  const send = ana.page.getByRole("button", { name: "Send" });
  await expect(send).toBeDisabled();
  await composer(ana.page).fill("  \n ");
  await expect(send).toBeDisabled();
  const tooLong = "a".repeat(4001);
  await composer(ana.page).fill(tooLong);
  await composer(ana.page).press("Enter");
  await expect(composer(ana.page)).toHaveValue(tooLong);
  const atTheEdge = words("").padEnd(4000, "b");
  await composer(ana.page).fill(atTheEdge);
  await send.click();
  await reads(ana.page, atTheEdge);
});

test("links can be clicked, and nothing else is markup", async ({ person }) => {
  const ana = await person("Ana");
  const mark = words("see");
  await say(ana.page, `${mark} https://example.org/a?b=c#d, <b>bold</b> and javascript:alert(1)`);
  const link = ana.page
    .getByRole("listitem")
    .filter({ hasText: mark })
    .getByRole("link", { name: "https://example.org/a?b=c#d" });
  await expect(link).toHaveAttribute("href", "https://example.org/a?b=c#d");
  await expect(link).toHaveAttribute("rel", /noopener/);
  await expect(ana.page.getByText("<b>bold</b> and javascript:alert(1)")).toBeVisible();
});

test("a message that the server refuses is marked, kept, retried, and then stands once", async ({ person }) => {
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  let isBroken = true;
  await ana.page.routeWebSocket(/\/trpc/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      const text = String(frame);
      if (!isBroken || !text.includes('"message.send"')) return server.send(frame);
      const [call] = [JSON.parse(text)].flat();
      socket.send(
        JSON.stringify({
          id: call.id,
          error: {
            code: -32012,
            message: "This room is archived.",
            data: { code: "PRECONDITION_FAILED", reason: "ARCHIVED" },
          },
        }),
      );
    });
  });
  await ana.page.reload();
  await live(ana.page);
  const said = words("Will they take it");
  await say(ana.page, said);
  const waiting = outbox(ana.page);
  await expect(waiting.getByText("This room is archived.")).toBeVisible();
  isBroken = false;
  await waiting.getByRole("button", { name: "Retry" }).click();
  await reads(ana.page, said);
  await reads(ben.page, said);
  await expect(waiting).toHaveCount(0);
});

test("a message that was refused can be discarded", async ({ person, server }) => {
  const ana = await person("Ana");
  await ana.page.routeWebSocket(/\/trpc/, (socket) => {
    const upstream = socket.connectToServer();
    socket.onMessage((frame) => {
      const text = String(frame);
      if (!text.includes('"message.send"')) return upstream.send(frame);
      const [call] = [JSON.parse(text)].flat();
      socket.send(
        JSON.stringify({
          id: call.id,
          error: {
            code: -32012,
            message: "This room is archived.",
            data: { code: "PRECONDITION_FAILED", reason: "ARCHIVED" },
          },
        }),
      );
    });
  });
  await ana.page.goto(server.url);
  await live(ana.page);
  await say(ana.page, words("Never mind"));
  await outbox(ana.page).getByRole("button", { name: "Discard" }).click();
  await expect(outbox(ana.page)).toHaveCount(0);
});

test("a browser that stores nothing says so once, and still sends", async ({ person, problems }) => {
  problems.allow(/WebSocket connection to/, /ERR_INTERNET_DISCONNECTED/, /Failed to load resource/, /Failed to fetch/);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await ana.page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("Not here.", "SecurityError");
    };
  });
  await ana.page.reload();
  await live(ana.page);
  await ana.context.setOffline(true);
  await expect(ana.page.locator("html")).toHaveAttribute("data-connection", "offline");
  const bodies = [words("only here"), words("and this")];
  for (const body of bodies) await say(ana.page, body);
  await expect(outbox(ana.page).getByRole("listitem")).toHaveCount(2);
  await expect(
    ana.page.getByText("This browser can't keep it: it waits only while this tab is open."),
    "once",
  ).toHaveCount(1);
  await ana.context.setOffline(false);
  await live(ana.page);
  for (const body of bodies) await reads(ben.page, body);
  await expect(outbox(ana.page)).toHaveCount(0);
});
