import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { createClient } from "@redis/client";
import { freePort } from "#test/test-postgres.ts";

const READY_WITHIN_MS = 10_000;

/** Debian's redis-server, or whatever is called so here. Null when there is none. */
export async function redisVersion(): Promise<string | null> {
  const said = await promisify(execFile)("redis-server", ["--version"]).catch(() => null);
  return said && (/v=(\S+)/.exec(said.stdout)?.[1] ?? "unknown");
}

/** A Redis of the benchmark's own: on loopback, with nothing kept on disk, as a broker between Socket.io's nodes is run. */
export class Redis {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process_: ChildProcess) {
    this.url = url;
    this.#process = process_;
  }

  static async start(directory: string): Promise<Redis> {
    const port = await freePort();
    const flags = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      directory,
    ];
    // Its own process group: Ctrl+C in a terminal must not take it from the servers that still use it.
    const child = spawn("redis-server", flags, { stdio: "ignore", detached: true });
    const onExit = () => void child.kill("SIGKILL");
    process.once("exit", onExit);
    child.once("exit", () => process.off("exit", onExit));
    const redis = new Redis(`redis://127.0.0.1:${port}`, child);
    await redis.#ready().catch(async (error) => {
      await redis.stop();
      throw error;
    });
    return redis;
  }

  async #ready(): Promise<void> {
    const until = performance.now() + READY_WITHIN_MS;
    const client = createClient({
      url: this.url,
      socket: { reconnectStrategy: () => (performance.now() < until ? 50 : false) },
    });
    client.on("error", () => {});
    await client.connect();
    await client.close();
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    await gone;
  }
}
