import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { administer, startScratchCluster } from "#test/test-postgres.ts";
import { bundle } from "./bundle.ts";
import { type Place, type Seating, split } from "./cast.ts";
import { type Databases, environmentOf, prepareDatabases, SENDS_PER_MINUTE } from "./database.ts";
import type { ServerName } from "./peers.ts";
import { GENERATORS, type Plan } from "./plan.ts";
import { Child } from "./processes.ts";
import { Redis } from "./redis.ts";

/** What `npm start` gives its server; the peers get it, too. The collector is only called where memory is compared. */
const SERVER_FLAGS = ["--max-semi-space-size=64", "--expose-gc"];
/** The pools of eight servers. What counts statements is there, and off until a storm is counted. */
const POSTGRES = { max_connections: "300", shared_preload_libraries: "pg_stat_statements" };

export class Interrupted extends Error {}

export type Server = { child: Child; port: number };
type SeatAsk = { crowd: string; server: ServerName; port: number; seating: Seating; isBrowser?: boolean };

/** Everything that a run needs, in processes of its own and one temporary directory; `close` leaves nothing of it. */
export class Stage {
  readonly #servers = new Map<ServerName, Server>();
  /** The generators in which a crowd sits. */
  readonly #crowds = new Map<string, Child[]>();
  readonly #closing: (() => Promise<unknown>)[] = [];
  readonly #children = new Set<Child>();
  #isStopped = false;
  #fileOf!: (name: string) => string;
  #redis: Redis | null = null;
  #profile: string | null = null;
  #scratch = "";
  adminUrl!: string;
  databases!: Databases;
  generators: Child[] = [];

  /** `servers` are those that stay for the whole run. */
  async open(plan: Plan, servers: ServerName[], profile: string | null): Promise<void> {
    this.#profile = profile;
    this.#scratch = await mkdtemp(join(tmpdir(), "earshot-bench-"));
    this.#closing.unshift(() => rm(this.#scratch, { recursive: true, force: true }));
    this.#fileOf = await bundle(this.#scratch);
    this.#proceed();
    // Durable, as in production: fsync and synchronous_commit are what the sends wait for.
    const cluster = await startScratchCluster(POSTGRES);
    this.#closing.unshift(() => cluster.remove());
    this.adminUrl = cluster.url;
    await administer(cluster.url, "alter system set pg_stat_statements.track = 'none'");
    await administer(cluster.url, "select pg_reload_conf()");
    this.databases = await prepareDatabases(cluster.url, plan.cast);
    if (servers.includes("socketio-redis")) {
      const redis = await Redis.start(this.#scratch);
      this.#closing.unshift(() => redis.stop());
      this.#redis = redis;
    }
    for (const name of servers) this.#servers.set(name, await this.start(name));
    for (let number = 1; number <= GENERATORS; number++)
      this.generators.push(this.spawn(`generator ${number}`, "generator", {}, []));
    if (profile)
      this.#closing.unshift(() => cp(`${this.#scratch}/profile`, "bench/results/profile", { recursive: true }));
  }

  /** A server of this kind that is ready; also a second one, or one that has served nobody yet. */
  async start(name: ServerName): Promise<Server> {
    const profile = ["--cpu-prof", `--cpu-prof-dir=${this.#scratch}/profile`];
    const flags = [...SERVER_FLAGS, ...(this.#profile === name ? profile : [])];
    const child = this.spawn(name, name, name === "ours" ? environmentOf(this.databases) : {}, flags);
    const port = await child.call<number>("start", { url: this.databases.plain, redis: this.#redis?.url });
    return { child, port };
  }

  spawn(name: string, file: string, env: Record<string, string>, flags: string[]): Child {
    this.#proceed();
    const child = new Child(name, this.#fileOf(file), env, flags);
    this.#children.add(child);
    return child;
  }

  async dismiss(child: Child): Promise<void> {
    this.#children.delete(child);
    await child.stop();
  }

  server(name: ServerName): Server {
    const found = this.#servers.get(name);
    if (!found) throw new Error(`${name} was not started.`);
    return found;
  }

  get urls() {
    const { ours, plain } = this.databases;
    return { ours, plain, perMinute: SENDS_PER_MINUTE };
  }

  /** Connects these people to this server, from the generators. */
  async seat({ crowd, server, port, seating, isBrowser = false }: SeatAsk): Promise<void> {
    const ask = { crowd, server, port, perRoom: seating.perRoom, isBrowser, urls: this.urls };
    const filled = split(seating, GENERATORS).flatMap((places, part) => {
      const child = this.generators[part];
      return child && places.length > 0 ? [{ child, places }] : [];
    });
    this.#crowds.set(
      crowd,
      filled.map(({ child }) => child),
    );
    await Promise.all(filled.map(({ child, places }) => child.call("open", { ...ask, places })));
  }

  /** One part of a crowd, where a scenario has its own idea of who sits where. */
  async seatPart(part: number, ask: { crowd: string; port: number; places: Place[]; perRoom: number }): Promise<void> {
    const child = this.generators[part];
    if (!child) throw new Error(`There is no generator ${part}.`);
    this.#crowds.set(ask.crowd, [...(this.#crowds.get(ask.crowd) ?? []), child]);
    await child.call("open", { ...ask, server: "ours", urls: this.urls });
  }

  /** Asks every generator in which the crowd sits, at the same time. */
  load<T>(crowd: string, method: string, args: object = {}): Promise<T[]> {
    return Promise.all((this.#crowds.get(crowd) ?? []).map((child) => child.call<T>(method, { crowd, ...args })));
  }

  /** Asks the first of them. */
  async lead<T>(crowd: string, method: string, args: object = {}): Promise<T> {
    const [first] = this.#crowds.get(crowd) ?? [];
    if (!first) throw new Error(`Nobody is connected to ${crowd}.`);
    return first.call<T>(method, { crowd, ...args });
  }

  async unseat(crowd: string): Promise<void> {
    await this.load(crowd, "close");
    this.#crowds.delete(crowd);
  }

  async unseatAll(): Promise<void> {
    this.#crowds.clear();
    await Promise.all(this.generators.map((child) => child.call("closeAll")));
  }

  #proceed(): void {
    if (this.#isStopped) throw new Interrupted("Stopped.");
  }

  /** Ends the children: whatever waits for one of them fails, and the run with it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const children = [...this.#children];
    this.#children.clear();
    await Promise.all(children.map((child) => child.stop()));
  }

  async close(): Promise<void> {
    await this.stop();
    for (const close of this.#closing.splice(0)) await close().catch((error) => console.error(String(error)));
  }
}
