import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#test/test-postgres.ts";

/** The production server as a process that a test may stop, kill and start again at the same address. */
const root = join(import.meta.dirname, "..");
const START_TIMEOUT_MS = 30_000;
const ERROR_LEVEL = 50; // pino's

/** Limits that tests do not run into; a spec about a limit starts its own server with a low one. */
const LIMITS = {
  RATE_MESSAGES_PER_MINUTE: "100000",
  RATE_SIGN_INS_PER_NAME: "100000",
  RATE_SIGN_INS_PER_ADDRESS: "100000",
  RATE_SIGN_UPS_PER_ADDRESS: "100000",
  SOCKETS_PER_PERSON: "1000",
  SOCKETS_PER_ADDRESS: "100000",
};

export class TestServer {
  readonly url: string;
  readonly databaseUrl: string;
  /** Lines at error level, and whatever came out on stderr. Taken and emptied by the fixture after each test. */
  readonly errors: string[] = [];
  /** Its whole log. At the level that tests run at there is little in it; a test that reads it sets LOG_LEVEL. */
  readonly log: { msg: string; [field: string]: unknown }[] = [];
  #child: ChildProcess | undefined;
  readonly #env: Record<string, string>;

  private constructor(port: number, databaseUrl: string, env: Record<string, string>) {
    this.url = `http://127.0.0.1:${port}`;
    this.databaseUrl = databaseUrl;
    // Given in full: the developer's own environment and .env must not decide what is tested.
    const identity = { SERVER_NAME: "Earshot", SIGN_UP: "open", LOG_LEVEL: "warn", NODE_ENV: "production" };
    const place = { PORT: String(port), HOST: "127.0.0.1", APP_ORIGIN: this.url, DATABASE_URL: databaseUrl };
    this.#env = { PATH: process.env.PATH ?? "", ...identity, ...LIMITS, ...place, ...env };
  }

  static async create(databaseUrl: string, env: Record<string, string> = {}): Promise<TestServer> {
    if (!existsSync(join(root, "dist/server.js"))) throw new Error("There is no build: use `npm test -- e2e`.");
    return new TestServer(await freePort(), databaseUrl, env);
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ["--enable-source-maps", "dist/server.js"], {
      cwd: root,
      env: this.#env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    createInterface({ input: child.stdout }).on("line", (line) => this.#read(line));
    createInterface({ input: child.stderr }).on("line", (line) => this.errors.push(line));
    child.once("exit", (code, signal) => {
      if (this.#child === child) this.errors.push(`the server ended by itself: ${signal ?? `exit code ${code}`}`);
    });
    process.once("exit", () => child.kill("SIGKILL"));
    await this.#ready(child);
  }

  /** A goodbye: SIGTERM, and wait. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** What a crash or the kernel does: SIGKILL. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    const startedAt = Date.now();
    child.kill(signal);
    const [code] = await gone;
    if (signal === "SIGKILL") return;
    const tookMs = Date.now() - startedAt;
    if (code !== 0 || tookMs > 10_000) throw new Error(`The server left with ${code} after ${tookMs} ms.`);
  }

  async #ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline && child.exitCode === null) {
      const response = await fetch(`${this.url}/healthz`).catch(() => undefined);
      if (response?.ok) return;
      await sleep(50);
    }
    child.kill("SIGKILL");
    throw new Error(`The server did not become healthy.\n${this.errors.join("\n")}`);
  }

  #read(line: string): void {
    try {
      const event = JSON.parse(line);
      this.log.push(event);
      if (event.level >= ERROR_LEVEL) this.errors.push(line);
    } catch {
      // Next greets in plain text on stdout.
    }
  }
}
