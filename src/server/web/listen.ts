import type { Server } from "node:http";
import { CannotStart } from "../errors.ts";

export class PortInUseError extends CannotStart {}

/** Listens, or throws one clear line. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE")
        reject(
          new PortInUseError(`PORT: ${port} is in use. Stop what uses it, or choose another: PORT=3001 npm start`),
        );
      else if (error.code === "EACCES")
        reject(new PortInUseError(`PORT: ${port} needs more rights than this user has. Choose one above 1023.`));
      else reject(error);
    });
    server.listen(port, host, resolve);
  });
}
