import pino, { type Logger } from "pino";
import { env } from "./env.ts";

/**
 * The one logger: a line of JSON per event on stdout, named `noun.verb` (`listener.lost`). Never a message's body, a
 * cookie, a token or a password: the redaction below is the second fence, not the first.
 */
let root: Logger | undefined;

export function log(): Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    // Of several processes that share an output, a line says which.
    base: env().EARSHOT_WORKERS > 1 ? { pid: process.pid } : null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ["*.password", "*.cookie", "*.authorization", "*.body", "password", "cookie", "authorization", "body"],
  });
  return root;
}
