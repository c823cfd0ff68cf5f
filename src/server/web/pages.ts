import { type IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

/**
 * Next, as a guest. It hangs an upgrade listener on whatever server it is given at the first request, and with it would
 * cut our socket; so it gets a decoy that never listens, and in development its own hot-reload socket is passed to that.
 */
export async function openPages(isDevelopment: boolean, hostname: string, port: number) {
  // Not at the top: a process that only starts others would carry it for nothing.
  const { default: next } = await import("next");
  const decoy = new Server();
  const app = next({ dev: isDevelopment, hostname, port, httpServer: decoy });
  await app.prepare();
  return {
    handle: app.getRequestHandler(),
    takeUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
      return isDevelopment && (request.url ?? "").startsWith("/_next/") && decoy.emit("upgrade", request, socket, head);
    },
    close: () => app.close(),
  };
}
