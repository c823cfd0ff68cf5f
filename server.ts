import { createServer } from "node:http";
import { assertUsable } from "#server/db/checks.ts";
import { startEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { oncePerProcess } from "#server/db/once.ts";
import { usePool } from "#server/db/pool.ts";
import { env, tellNextAuth } from "#server/env.ts";
import { CannotStart } from "#server/errors.ts";
import { log } from "#server/log.ts";
import { LiveNode } from "#server/realtime/live-node.ts";
import { httpHandler } from "#server/web/http.ts";
import { listen } from "#server/web/listen.ts";
import { openPages } from "#server/web/pages.ts";
import { type Running, shutDown } from "#server/web/shutdown.ts";
import { upgradeHandler } from "#server/web/upgrade.ts";

/** What has been opened, newest first: closed in this order on the way out, also when the start fails half-way. */
const opened: (() => Promise<unknown>)[] = [];

async function closeAll(): Promise<void> {
  for (const close of opened.splice(0)) await close();
}

/** For `npm start`, which says it to a person; the log is for machines. */
const tell = (told: { progress: string } | { ready: string }) => process.send?.(told);

let isStopping = false;

/** The whole process on one page: environment, database, listener, pages, the port. */
async function start(): Promise<Running> {
  const { DATABASE_URL, HOST, PORT, MESSAGE_MAX_LENGTH, NODE_ENV, origins, RATE_MESSAGES_PER_MINUTE } = env();
  tellNextAuth();

  tell({ progress: DATABASE_URL ? "Connecting to Postgres" : "Starting Postgres" });
  const embedded = DATABASE_URL ? null : await startEmbedded({ directory: ".earshot" });
  if (embedded) opened.unshift(() => embedded.stop());
  const url = DATABASE_URL ?? embedded?.url ?? "";
  await assertUsable(url);
  const applied = await migrate(url, "prisma/migrations");
  if (applied.length > 0) log().info({ applied }, "database.migrated");
  const db = usePool(url);
  opened.unshift(() => db.end());

  const limits = { messageMaxLength: MESSAGE_MAX_LENGTH, messagesPerMinute: RATE_MESSAGES_PER_MINUTE };
  const node = oncePerProcess("node", () => new LiveNode({ url, db, ...limits }));
  await node.start();
  opened.unshift(() => node.stop());

  tell({ progress: "Opening the pages" });
  const pages = await openPages(NODE_ENV === "development", HOST, PORT);
  opened.unshift(() => pages.close());
  const server = createServer(httpHandler({ node, db, isStopping: () => isStopping }, pages.handle));
  server.on("upgrade", upgradeHandler({ node, isStopping: () => isStopping, toNext: pages.takeUpgrade }));
  await listen(server, PORT, HOST);
  log().info({ address: origins[0], database: embedded ? "embedded" : "given" }, "server.ready");
  tell({ ready: origins[0] ?? "" });
  return { server, node };
}

const started = start();

started.catch(async (error: unknown) => {
  // What the owner can mend is one line; what we have to mend comes with its stack.
  const told = error instanceof CannotStart ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${told}\n`);
  await closeAll();
  process.exit(1);
});

async function leave(signal: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log().info({ signal }, "server.stopping");
  await shutDown(started, closeAll);
  log().info({}, "server.stopped");
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void leave(signal));
