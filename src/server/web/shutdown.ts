import cluster from "node:cluster";
import type { Server } from "node:http";
import { log } from "../log.ts";
import type { LiveNode } from "../realtime/live-node.ts";
import type { Workers } from "./workers.ts";

/** Under the ten seconds that an orchestrator waits before it kills; of a worker, before its primary does. */
const DEADLINE_MS = cluster.isWorker ? 8_000 : 9_000;
/** What a client gets to move to another node, where there is one, before its socket is closed. */
const GOODBYE_MS = 500;
/** What a call that is being answered gets: a page, a sign-in waiting for its turn at the hash. */
const IN_FLIGHT_MS = 4_000;

export type Running = { server: Server; node: LiveNode };

const atMost = (ms: number, work: Promise<unknown>) =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))]);

/**
 * Leaves in order: accept nobody new, ask clients to come back elsewhere, answer what is in flight, close the sockets
 * (1012: they resume by their cursors), stop listening. `closeAll` then closes what they stood on: Next, the pool, an
 * embedded Postgres. A Postgres that does not answer is not waited for: what was not acknowledged is sent again. Where
 * several processes share the port, each leaves like this, and then the one that started them.
 */
export async function shutDown(started: Promise<Running | Workers>, closeAll: () => Promise<void>): Promise<void> {
  setTimeout(() => {
    log().warn({}, "shutdown.late");
    process.exit();
  }, DEADLINE_MS).unref();
  // A signal that comes during the start is obeyed right after it: Postgres is a process of its own and would be left behind.
  const running = await started;
  if ("node" in running) await leaveNode(running);
  // Whoever had to be killed may have left somebody's call without its answer.
  else if (!(await running.stop())) process.exitCode = 1;
  await closeAll();
}

async function leaveNode({ server, node }: Running): Promise<void> {
  const answered = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  node.sayGoodbye();
  await Promise.all([
    atMost(IN_FLIGHT_MS, node.sends.drained()),
    new Promise((resolve) => setTimeout(resolve, GOODBYE_MS)),
  ]);
  node.sends.close();
  node.closeSockets();
  await atMost(IN_FLIGHT_MS - GOODBYE_MS, answered);
  server.closeAllConnections();
  await node.stop();
}
