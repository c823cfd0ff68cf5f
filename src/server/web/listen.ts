import type { Server } from "node:http";
import { CannotStart } from "../errors.ts";

const REASONS: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port) => `PORT: ${port} is in use. Stop what uses it, or choose another: PORT=3001 npm start`,
  EACCES: (port) => `PORT: ${port} needs more rights than this user has. Choose one above 1023.`,
  EADDRNOTAVAIL: (_, host) => `HOST: ${host} is not an address of this machine. 0.0.0.0 means all of them.`,
  ENOTFOUND: (_, host) => `HOST: ${host} is not a name that this machine knows.`,
};

/** Listens, or throws one clear line. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = REASONS[error.code ?? ""];
      reject(reason ? new CannotStart(reason(port, host)) : error);
    });
    server.listen(port, host, resolve);
  });
}
