import cluster from "node:cluster";
import { createServer } from "node:http";
import { assertUsable } from "#server/db/checks.ts";
import { assertRoomForNodes, connectionsOf } from "#server/db/connections.ts";
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
import { Primary } from "#server/web/primary.ts";
import { type Running, shutDown } from "#server/web/shutdown.ts";
import { upgradeHandler } from "#server/web/upgrade.ts";
import type { Told } from "#server/web/worker-channel.ts";
import { Workers } from "#server/web/workers.ts";

/** What has been opened, newest first: closed in this order on the way out, also when the start fails half-way. */
const opened: (() => Promise<unknown>)[] = [];

async function closeAll(): Promise<void> {
  for (const close of opened.splice(0)) await close();
}

/** For `npm start`, which says it to a person, or for the primary of this worker; the log is for machines. */
const tell = (told: Told) => process.send?.(told);

let isStopping = false;
let hasFailed = false;
/** Whoever started this process, when it is one of several that share the port. */
let primary: Primary | undefined;

/** The whole process on one page: environment, database, then a node; or, of several, one of them or the process that starts them. */
async function start(): Promise<Running | Workers> {
  const { DATABASE_URL, EARSHOT_WORKERS, NODE_ENV, origins } = env();
  tellNextAuth();
  // A process manager may have made us a worker of its own: that is a node like any other, as long as nobody asks for more.
  if (cluster.isWorker && EARSHOT_WORKERS > 1) {
    primary = new Primary();
    return startNode(DATABASE_URL ?? "");
  }
  const nodes = NODE_ENV === "development" ? 1 : EARSHOT_WORKERS;
  if (nodes < EARSHOT_WORKERS) log().warn({ asked: EARSHOT_WORKERS, nodes }, "workers.not_in_development");
  const url = await openDatabase(nodes);
  const ready = () => {
    log().info({ address: origins[0], database: DATABASE_URL ? "given" : "embedded", nodes }, "server.ready");
    tell({ ready: origins[0] ?? "" });
  };
  if (nodes > 1) return startWorkers(nodes, url, ready);
  const running = await startNode(url);
  ready();
  return running;
}

/** Once a machine, however many nodes it has. Answers the address of a database that is up to date. */
async function openDatabase(nodes: number): Promise<string> {
  const { DATABASE_URL, DATABASE_POOL } = env();
  tell({ progress: DATABASE_URL ? "Connecting to Postgres" : "Starting Postgres" });
  const connections = connectionsOf(nodes, DATABASE_POOL);
  const embedded = DATABASE_URL ? null : await startEmbedded({ directory: ".earshot", connections });
  if (embedded) opened.unshift(() => embedded.stop());
  const url = DATABASE_URL ?? embedded?.url ?? "";
  await assertUsable(url);
  if (nodes > 1) await assertRoomForNodes(url, nodes, DATABASE_POOL);
  const applied = await migrate(url, "prisma/migrations");
  if (applied.length > 0) log().info({ applied }, "database.migrated");
  return url;
}

async function startNode(url: string): Promise<Running> {
  const { HOST, PORT, MESSAGE_MAX_LENGTH, NODE_ENV, RATE_MESSAGES_PER_MINUTE } = env();
  const db = usePool(url);
  opened.unshift(() => db.end());
  const limits = { messageMaxLength: MESSAGE_MAX_LENGTH, messagesPerMinute: RATE_MESSAGES_PER_MINUTE };
  const node = oncePerProcess("node", () => new LiveNode({ url, db, ...limits }));
  await node.start();
  opened.unshift(() => node.stop());

  tell({ progress: "Opening the pages" });
  const pages = await openPages(NODE_ENV === "development", HOST, PORT);
  opened.unshift(() => pages.close());
  const health = { node, db, isStopping: () => isStopping, ...primary?.counts(node.metrics.registry) };
  const server = createServer(httpHandler(health, pages.handle));
  server.on("upgrade", upgradeHandler({ node, isStopping: () => isStopping, toNext: pages.takeUpgrade }));
  await listen(server, PORT, HOST);
  primary?.tell({ ready: "" });
  return { server, node };
}

function startWorkers(count: number, url: string, onReady: () => void): Workers {
  tell({ progress: `Starting ${count} nodes` });
  const workers = new Workers({ count, fork: () => cluster.fork({ DATABASE_URL: url }), onReady, onHopeless: fail });
  opened.unshift(() => workers.stop());
  return workers;
}

async function fail(error: unknown): Promise<void> {
  // A signal during a start that fails meets the same failure once more.
  if (hasFailed) return;
  hasFailed = true;
  process.exitCode = 1;
  // What the owner can mend is one line, told once for all workers; what we have to mend comes with its stack.
  const told = error instanceof CannotStart ? error.message : error instanceof Error ? error.stack : String(error);
  if (primary && error instanceof CannotStart) await primary.tell({ cannotStart: error.message });
  else process.stderr.write(`${told}\n`);
  await closeAll();
  process.exit();
}

const started = start();
started.catch(fail);

async function leave(signal: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log().info({ signal }, "server.stopping");
  await shutDown(started, closeAll);
  log().info({}, "server.stopped");
  process.exit();
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void leave(signal).catch(fail));
