import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

type Waiting = { resolve: (value: unknown) => void; reject: (reason: Error) => void };
type Answer = { call: number; value?: unknown; error?: string };

/** A process of the benchmark, and calls to it. When it goes, every call that waits fails: nothing hangs. */
export class Child {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor(name: string, file: string, env: Record<string, string>, flags: string[] = []) {
    this.name = name;
    // Not our own flags: the parent runs through tsx, the children are bundled as the product is.
    this.#process = fork(file, { execArgv: flags, env: { ...process.env, NODE_ENV: "production", ...env } });
    this.#process.on("message", (answer: Answer) => this.#settle(answer));
    this.#process.on("exit", (code, signal) => this.#failAll(new Error(`${name} ended (${signal ?? code}).`)));
    this.#process.on("error", (error) => this.#failAll(error));
  }

  call<T>(method: string, args: unknown = {}): Promise<T> {
    const call = ++this.#calls;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(call, { resolve: resolve as (value: unknown) => void, reject });
      this.#process.send({ call, method, args }, (error) => {
        if (error) this.#settle({ call, error: `${this.name}: ${error.message}` });
      });
    });
  }

  #settle({ call, value, error }: Answer): void {
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(`${this.name}: ${error}`));
  }

  #failAll(reason: Error): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  /** Disconnects, which a child takes as its end; one that is too busy to notice is killed. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, "exit");
    if (this.#process.connected) this.#process.disconnect();
    const late = setTimeout(() => this.#process.kill("SIGKILL"), 3_000);
    await gone;
    clearTimeout(late);
  }
}
