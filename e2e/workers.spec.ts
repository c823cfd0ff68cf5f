import { createServer } from "node:http";
import type { Browser, Page } from "@playwright/test";
import { outbox, reads, say, words } from "./composer.ts";
import { expect, live, type Person, test } from "./fixtures.ts";
import { TestServer } from "./server.ts";
import { direct } from "./talk.ts";

/** One machine, one port, two nodes (decision 013). */
const TWO = { EARSHOT_WORKERS: "2", LOG_LEVEL: "info" };
/** What a browser says when the process at the other end is killed. */
const GONE = [/WebSocket connection to/, /Failed to load resource/, /Failed to fetch/];
const SCRAPE_MS = 6_000;

async function startTwo(databaseUrl: string): Promise<TestServer> {
  const machine = await TestServer.create(databaseUrl, TWO);
  await machine.start();
  await expect.poll(() => machine.log.some(({ msg }) => msg === "server.ready")).toBe(true);
  return machine;
}

/** A metric per worker, as a scrape of the port says it, whichever worker answers. */
async function scrape(machine: TestServer, metric: string): Promise<Record<string, number>> {
  const response = await fetch(`${machine.url}/metrics`, { signal: AbortSignal.timeout(SCRAPE_MS) });
  const samples = (await response.text()).matchAll(new RegExp(`^${metric}\\{worker="(\\d+)"\\} (\\d+)$`, "gm"));
  return Object.fromEntries([...samples].map(([, worker, value]) => [worker, Number(value)]));
}

/** Who holds the place of this worker now. */
function pidOf(machine: TestServer, worker: number): number {
  const event = machine.log.findLast(({ msg, worker: number }) => msg === "worker.ready" && number === worker);
  return Number(event?.workerPid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The same person at the other address: the cookie comes along, and the first address sees them leave. */
async function moveTo(machine: TestServer, browser: Browser, person: Person): Promise<Page> {
  const context = await browser.newContext({ baseURL: machine.url, storageState: await person.context.storageState() });
  const page = await context.newPage();
  await page.goto(new URL(person.page.url()).pathname);
  await live(page);
  await person.page.close();
  return page;
}

test("ana and ben are on two workers of one port; ben's is killed in the middle of his words, and nothing is lost", async ({
  person,
  browser,
  postgres,
  problems,
}) => {
  test.slow();
  problems.allow(...GONE);
  const machine = await startTwo(postgres.url);
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await direct(ana, ben, ana, ben);
  const anas = await moveTo(machine, browser, ana);
  const [anasWorker] =
    Object.entries(await scrape(machine, "earshot_sockets")).find(([, sockets]) => sockets > 0) ?? [];
  const bensWorker = anasWorker === "1" ? 2 : 1;
  const bens = await moveTo(machine, browser, ben);
  await expect(async () => {
    if ((await scrape(machine, "earshot_sockets"))[bensWorker] !== 1) await bens.reload();
    await live(bens);
    expect(await scrape(machine, "earshot_sockets"), "one on each").toEqual({ "1": 1, "2": 1 });
  }).toPass({ intervals: [200] });
  const here = anas.locator("main header").getByText(/Here now|Away|Last seen/);
  await expect(here).toHaveText("Here now");
  const [hello, answer] = [words("Across workers"), words("And back")];
  await say(anas, hello);
  await reads(bens, hello);
  await say(bens, answer);
  await reads(anas, answer);

  const killed = pidOf(machine, bensWorker);
  const said = Array.from({ length: 8 }, (_, n) => words(`through the crash ${n}`));
  for (const [n, body] of said.entries()) {
    await say(bens, body);
    if (n === 3) process.kill(killed, "SIGKILL");
  }
  const meanwhile = words("Meanwhile, from Ana");
  await say(anas, meanwhile);
  await live(bens);
  for (const body of [...said, meanwhile]) {
    await reads(anas, body);
    await reads(bens, body);
  }
  await expect(outbox(bens)).toHaveCount(0);

  await expect.poll(() => scrape(machine, "earshot_worker_restarts_total")).toMatchObject({ [bensWorker]: 1 });
  await expect.poll(async () => Object.keys(await scrape(machine, "earshot_sockets"))).toEqual(["1", "2"]);
  expect(pidOf(machine, bensWorker), "another process holds its place").not.toBe(killed);
  // The lease of the killed node lapses; ben is here by the node that he came back to.
  await expect(here).toHaveText("Here now");
  await bens.context().close();
  await expect(here).toHaveText(/^Last seen today at/, { timeout: 20_000 });
  await anas.context().close();
  const died = machine.errors.splice(0).map((line) => JSON.parse(line));
  expect(died).toMatchObject([{ msg: "worker.died", worker: bensWorker, ended: "SIGKILL" }]);
  await machine.stop();
  expect(machine.errors, "an orderly end").toEqual([]);
});

test("a worker that hangs holds up neither the numbers of the other nor the way out, which says so", async ({
  postgres,
}) => {
  test.slow();
  const machine = await startTwo(postgres.url);
  const pids = [pidOf(machine, 1), pidOf(machine, 2)] as const;
  process.kill(pids[1], "SIGSTOP");
  // One connection may be handed to it before the primary finds it busy.
  await expect(async () => {
    expect(Object.keys(await scrape(machine, "earshot_sockets"))).toEqual(["1"]);
  }).toPass({ timeout: 30_000 });
  await expect(machine.stop()).rejects.toThrow(/^The server left with 1 after/);
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(machine.errors.map((line) => JSON.parse(line))).toMatchObject([{ msg: "worker.killed", workers: [2] }]);
});

test("no worker outlives its primary, and the port is free for the next one", async ({ postgres }) => {
  const machine = await startTwo(postgres.url);
  const pids = [pidOf(machine, 1), pidOf(machine, 2)];
  expect(pids.map(isAlive)).toEqual([true, true]);
  await machine.kill();
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  await machine.start();
  await machine.stop();
  expect(machine.errors).toEqual([]);
});

test("a port that is in use is said once, not by each worker", async ({ postgres }) => {
  const machine = await TestServer.create(postgres.url, TWO);
  const { port } = new URL(machine.url);
  const other = createServer((_, response) => response.writeHead(503).end());
  await new Promise<void>((resolve) => other.listen(Number(port), "127.0.0.1", resolve));
  await expect(machine.start()).rejects.toThrow("The server did not become healthy.");
  expect(machine.errors).toEqual([
    `PORT: ${port} is in use. Stop what uses it, or choose another: PORT=3001 npm start`,
    "the server ended by itself: exit code 1",
  ]);
  await new Promise((resolve) => other.close(resolve));
});
