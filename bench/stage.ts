import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startScratchCluster } from "#test/test-postgres.ts";
import { bundle } from "./bundle.ts";
import { type Databases, environmentOf, prepareDatabases, SENDS_PER_MINUTE } from "./database.ts";
import { type Plan, SERVERS, type ServerName } from "./plan.ts";
import { Child } from "./processes.ts";

/** What `npm start` gives its server; the peers get it, too. */
const SERVER_FLAGS = ["--max-semi-space-size=64"];

export class Interrupted extends Error {}

type Server = { child: Child; port: number };

/** Everything that a run needs, in processes of its own and one temporary directory; `close` leaves nothing of it. */
export class Stage {
  readonly #servers = new Map<ServerName, Server>();
  readonly #closing: (() => Promise<unknown>)[] = [];
  #children: Child[] = [];
  #isStopped = false;
  databases!: Databases;
  generator!: Child;

  async open(plan: Plan, profile: string | null): Promise<void> {
    const scratch = await mkdtemp(join(tmpdir(), "earshot-bench-"));
    this.#closing.unshift(() => rm(scratch, { recursive: true, force: true }));
    const fileOf = await bundle(scratch);
    this.#proceed();
    // Durable, as in production: fsync and synchronous_commit are what the sends wait for.
    const cluster = await startScratchCluster({});
    this.#closing.unshift(() => cluster.remove());
    this.databases = await prepareDatabases(cluster.url, plan);
    for (const name of SERVERS) {
      const flags = [...SERVER_FLAGS, ...(profile === name ? ["--cpu-prof", `--cpu-prof-dir=${scratch}/profile`] : [])];
      const child = this.#start(name, fileOf(name), name === "ours" ? environmentOf(this.databases) : {}, flags);
      this.#servers.set(name, { child, port: await child.call<number>("start", { url: this.databases.plain }) });
    }
    this.generator = this.#start("generator", fileOf("generator"), {}, []);
    if (profile) this.#closing.unshift(() => cp(`${scratch}/profile`, "bench/results/profile", { recursive: true }));
  }

  #start(name: string, file: string, env: Record<string, string>, flags: string[]): Child {
    this.#proceed();
    const child = new Child(name, file, env, flags);
    this.#children.push(child);
    return child;
  }

  server(name: ServerName): Server {
    const found = this.#servers.get(name);
    if (!found) throw new Error(`${name} was not started.`);
    return found;
  }

  /** Connects the same people to each of these servers. */
  async seat(kind: "fan-out" | "pairs", servers: ServerName[]): Promise<void> {
    const { cast, ours, plain } = this.databases;
    const urls = { ours, plain, perMinute: SENDS_PER_MINUTE };
    await this.generator.call("close");
    for (const server of servers) {
      await this.generator.call("open", { server, port: this.server(server).port, kind, cast, urls });
    }
  }

  #proceed(): void {
    if (this.#isStopped) throw new Interrupted("Stopped.");
  }

  /** Ends the children: whatever waits for one of them fails, and the run with it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#children.splice(0).map((child) => child.stop()));
  }

  async close(): Promise<void> {
    await this.stop();
    for (const close of this.#closing.splice(0)) await close().catch((error) => console.error(String(error)));
  }
}
