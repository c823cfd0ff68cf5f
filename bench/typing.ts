import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { usePool } from "#server/db/pool.ts";
import { LiveNode } from "#server/realtime/live-node.ts";
import { httpHandler } from "#server/web/http.ts";
import { upgradeHandler } from "#server/web/upgrade.ts";
import { TYPING_EVERY_MS } from "#shared/limits.ts";
import { administer, startScratchCluster } from "#test/test-postgres.ts";
import { environmentOf, prepareDatabases } from "./database.ts";

/**
 * `node scripts/run.mjs bench/typing.ts`: what 200 people who type at the same time cost the database, in transactions per
 * second of one node, beside what the same people cost when they only sit there (design §7: below 20).
 */
const PEOPLE = 200;
/** Postgres takes up to a second to count what a backend committed: a window is long beside that. */
const WINDOW_MS = 15_000;

type Typist = { socket: WebSocket; roomId: string; heard: number };

const cluster = await startScratchCluster({});
try {
  const { ours, cast } = await prepareDatabases(cluster.url, {
    people: PEOPLE,
    hall: PEOPLE,
    crowd: PEOPLE,
    pairs: PEOPLE / 2,
  });
  Object.assign(process.env, environmentOf({ ours }));
  const db = usePool(ours);
  const node = new LiveNode({ url: ours, db, messageMaxLength: 4000, messagesPerMinute: 1_000 });
  await node.start();
  const isStopping = () => false;
  const server = createServer(
    httpHandler({ node, db, isStopping }, async (_, response) => void response.writeHead(404).end()),
  );
  server.on("upgrade", upgradeHandler({ node, isStopping, toNext: () => false }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const typists: Typist[] = [];
  for (const [place, person] of cast.people.slice(0, PEOPLE).entries())
    typists.push(await sitDown(port, person.cookie, cast.pairs[place >> 1] ?? ""));
  // Until the arrivals are told, the welcomes are over, and backends that idle have reported what they did meanwhile (10 s).
  await sleep(12_000);

  const idle = await perSecond(cluster.url);
  let said = 0;
  const timers = typists.map((typist, place) => {
    const offset = setTimeout(() => {
      const say = () => {
        said++;
        ask(typist, said + 10, "mutation", "room.typing");
      };
      say();
      timers[place] = setInterval(say, TYPING_EVERY_MS);
    }, Math.random() * TYPING_EVERY_MS);
    return offset;
  });
  await sleep(TYPING_EVERY_MS);
  const [saidBefore, heardBefore] = [said, heardBy(typists)];
  const busy = await perSecond(cluster.url);
  const seconds = WINDOW_MS / 1_000;
  console.log(
    [
      `${PEOPLE} people, ${((said - saidBefore) / seconds).toFixed(0)} times a second "I type", `,
      `${((heardBy(typists) - heardBefore) / seconds).toFixed(0)} heard by the other.\n`,
      `Transactions per second: ${idle.toFixed(1)} idle, ${busy.toFixed(1)} while they type: ${(busy - idle).toFixed(1)} for typing.`,
    ].join(""),
  );
  for (const timer of timers) clearTimeout(timer);
  for (const { socket } of typists) socket.terminate();
  await node.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await db.end();
} finally {
  await cluster.remove();
}

async function sitDown(port: number, cookie: string, roomId: string): Promise<Typist> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers: { cookie, origin: "http://localhost:3000" } });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const typist: Typist = { socket, roomId, heard: 0 };
  socket.on("message", (data) => {
    // Unanswered, the server's PING ends the socket after half a minute.
    if (String(data) === "PING") socket.send("PONG");
    else if (String(data).includes('"typing"')) typist.heard++;
  });
  ask(typist, 1, "subscription", "me.feed");
  ask(typist, 2, "subscription", "room.activity");
  ask(typist, 3, "subscription", "room.feed");
  return typist;
}

function ask({ socket, roomId }: Typist, id: number, method: string, path: string): void {
  socket.send(JSON.stringify({ id, method, params: { path, input: path === "me.feed" ? undefined : { roomId } } }));
}

function heardBy(typists: Typist[]): number {
  return typists.reduce((sum, { heard }) => sum + heard, 0);
}

/** Transactions that ended in our database within the window. Asked from another one, so that asking is not counted. */
async function perSecond(adminUrl: string): Promise<number> {
  const before = await transactions(adminUrl);
  await sleep(WINDOW_MS);
  return ((await transactions(adminUrl)) - before) / (WINDOW_MS / 1_000);
}

async function transactions(adminUrl: string): Promise<number> {
  const [row] = await administer<{ count: string }>(
    adminUrl,
    "select xact_commit + xact_rollback as count from pg_stat_database where datname = 'bench_ours'",
  );
  return Number(row?.count ?? 0);
}
