import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { OUR_ORIGIN, Stage } from "#test/stage.ts";
import { freePort } from "#test/test-postgres.ts";
import { bundledNode } from "./bundle.ts";
import type { Asked, Told } from "./node-entry.ts";

/** pino's number for `error`. */
const ERROR = 50;
/** High enough that no limit stands between a test and its fault; one about limits sets its own. */
const ENV = {
  NODE_ENV: "production",
  LOG_LEVEL: "warn",
  HOST: "127.0.0.1",
  APP_ORIGIN: OUR_ORIGIN,
  RATE_MESSAGES_PER_MINUTE: "1000000",
  RATE_ACTIONS_PER_MINUTE: "1000000",
  SOCKETS_PER_PERSON: "10000",
  SOCKETS_PER_ADDRESS: "10000",
} as const;

export type ServerOptions = {
  databaseUrl: string;
  port?: number;
  env?: Record<string, string>;
  /** A module that runs before the server's own. */
  preload?: string;
  /** How often the listener beats: a test about its silence need not wait for the product's six seconds. */
  beatMs?: number;
};

export type LogLine = { level: number; msg: string; [key: string]: unknown };
export type PoolState = { size: number; waiting: number };

/** A real server process, without pages, that can be killed, stopped, continued and started again on its port. */
export class ServerProcess implements AsyncDisposable {
  readonly port: number;
  /** What it logged, over all its lives. */
  readonly log: LogLine[] = [];
  /** What it wrote to stderr: nothing, unless an exception or a rejection ended it. */
  readonly screams: string[] = [];
  readonly #opts: ServerOptions;
  #process: ChildProcess | null = null;
  #asked = 0;
  readonly #answers = new Map<number, (value: unknown) => void>();

  private constructor(port: number, opts: ServerOptions) {
    this.port = port;
    this.#opts = opts;
  }

  static async start(opts: ServerOptions): Promise<ServerProcess> {
    const server = new ServerProcess(opts.port ?? (await freePort()), opts);
    await server.start();
    return server;
  }

  get http(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Lines at `error` and above. */
  get errors(): LogLine[] {
    return this.log.filter(({ level }) => level >= ERROR);
  }

  /** Clients straight at it, without a link. The caller closes it. */
  stage(): Stage {
    return new Stage(this.port);
  }

  /** Settles when it listens: at the first start, or again after its end. */
  async start(): Promise<void> {
    if (this.isRunning) throw new Error("It runs already.");
    const { databaseUrl, env = {}, preload, beatMs = 0 } = this.#opts;
    const child = fork(await bundledNode(), [String(beatMs)], {
      execArgv: ["--enable-source-maps", ...(preload ? ["--import", preload] : [])],
      env: { PATH: process.env.PATH, ...ENV, DATABASE_URL: databaseUrl, PORT: String(this.port), ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#process = child;
    const orphaned = () => void child.kill("SIGKILL");
    process.once("exit", orphaned);
    child.once("exit", () => process.off("exit", orphaned));
    lines(child.stdout, (line) => this.log.push(JSON.parse(line)));
    lines(child.stderr, (line) => this.screams.push(line));
    await new Promise<void>((resolve, reject) => {
      child.on("message", (told: Told) => {
        if ("port" in told) resolve();
        else this.#answer(told.answer, told.value);
      });
      child.once("exit", (code, signal) => {
        reject(new Error(`The server ended (${signal ?? code}). ${this.screams.join("\n")}`));
        for (const call of this.#answers.keys()) this.#answer(call, { size: 0, waiting: 0 });
      });
    });
  }

  /** SIGKILL and SIGTERM settle when it is gone, with its exit code (null when the signal ended it); SIGSTOP and SIGCONT at once. */
  async kill(signal: "SIGKILL" | "SIGTERM" | "SIGSTOP" | "SIGCONT"): Promise<number | null> {
    const child = this.#process;
    if (!child || !this.isRunning) return child?.exitCode ?? null;
    const isTheEnd = signal === "SIGKILL" || signal === "SIGTERM";
    const gone = isTheEnd ? once(child, "close") : null;
    child.kill(signal);
    await gone;
    return child.exitCode;
  }

  /** In order, as an orchestrator does it. */
  stop(): Promise<number | null> {
    return this.kill("SIGTERM");
  }

  /** How its pool stands. Answers when its loop turns. */
  pool(): Promise<PoolState> {
    return this.#ask({ what: "pool" }) as Promise<PoolState>;
  }

  /** Holds its event loop for so long. Settles when it turns again. */
  async block(ms: number): Promise<void> {
    await this.#ask({ what: "block", ms });
  }

  #ask(question: Omit<Asked, "ask">): Promise<unknown> {
    const ask = ++this.#asked;
    return new Promise((resolve) => {
      this.#answers.set(ask, resolve);
      this.#process?.send({ ask, ...question });
    });
  }

  #answer(ask: number, value: unknown): void {
    this.#answers.get(ask)?.(value);
    this.#answers.delete(ask);
  }

  /** In order where it can; one that was stopped with SIGSTOP could not. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.isRunning) return;
    this.#process?.kill("SIGCONT");
    await this.stop();
  }
}

function lines(from: Readable | null, onLine: (line: string) => void): void {
  if (from) createInterface({ input: from }).on("line", onLine);
}
