import type { Server } from "node:http";
import { log } from "../log.ts";
import type { LiveNode } from "../realtime/live-node.ts";

/** Under the ten seconds that an orchestrator waits before it kills. */
const DEADLINE_MS = 9_000;
/** What a client gets to move to another node, where there is one, before its socket is closed. */
const GOODBYE_MS = 500;

export type Running = {
  server: Server;
  node: LiveNode;
  /** Closes what the sockets stood on: Next, the pool, an embedded Postgres. */
  closeAll: () => Promise<void>;
};

/**
 * Leaves in order: accept nobody new, ask clients to come back elsewhere, answer what is in flight, close the sockets
 * (1012: they resume by their cursors), stop listening, close the database.
 */
export async function shutDown({ server, node, closeAll }: Running): Promise<void> {
  const deadline = setTimeout(() => {
    log().error({}, "shutdown.late");
    process.exit(1);
  }, DEADLINE_MS);
  server.close();
  server.closeIdleConnections();
  node.sayGoodbye();
  await Promise.all([node.sends.drained(), new Promise((resolve) => setTimeout(resolve, GOODBYE_MS))]);
  node.closeSockets();
  await node.stop();
  server.closeAllConnections();
  await closeAll();
  clearTimeout(deadline);
}
