import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { usePool } from "#server/db/pool.ts";
import { env } from "#server/env.ts";
import { LiveNode } from "#server/realtime/live-node.ts";
import { httpHandler } from "#server/web/http.ts";
import { listen } from "#server/web/listen.ts";
import { shutDown } from "#server/web/shutdown.ts";
import { upgradeHandler } from "#server/web/upgrade.ts";

/** The whole server of the product but its pages, as server.ts puts it together: sessions, limits, health, the way out. */
export type Told = { port: number } | { answer: number; value: unknown };
export type Asked = { ask: number; what: "pool" | "block"; ms?: number };

const beatMs = Number(process.argv[2] ?? 0);
let isStopping = false;

async function start() {
  const { DATABASE_URL: url = "", HOST, PORT, MESSAGE_MAX_LENGTH, RATE_MESSAGES_PER_MINUTE } = env();
  const db = usePool(url);
  const limits = { messageMaxLength: MESSAGE_MAX_LENGTH, messagesPerMinute: RATE_MESSAGES_PER_MINUTE };
  const node = new LiveNode({ url, db, ...limits, ...(beatMs > 0 && { beatMs }) });
  await node.start();
  const noPages = async (_: unknown, response: { writeHead(status: number): { end(): void } }) =>
    response.writeHead(404).end();
  const server = createServer(httpHandler({ node, db, isStopping: () => isStopping }, noPages));
  server.on("upgrade", upgradeHandler({ node, isStopping: () => isStopping, toNext: () => false }));
  await listen(server, PORT, HOST);
  tell({ port: (server.address() as AddressInfo).port });
  return { server, node, db };
}

const tell = (told: Told) => process.send?.(told);
const started = start();

process.on("message", async ({ ask, what, ms = 0 }: Asked) => {
  const { db } = await started;
  if (what === "block") for (const until = Date.now() + ms; Date.now() < until; );
  tell({ answer: ask, value: { size: db.totalCount, waiting: db.waitingCount } });
});
// A test that is gone asks nothing any more.
process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", async () => {
  if (isStopping) return;
  isStopping = true;
  await shutDown(started, async () => (await started).db.end());
  process.exit(0);
});
