import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Cluster, createCluster, startCluster } from "#server/db/cluster.ts";
import { migrate } from "#server/db/migrate.ts";
import { readPidFile } from "#server/db/postgres-process.ts";
import { freePort } from "#test/test-postgres.ts";

/** Acknowledged means written; that the machine loses power is not among these faults, so nothing waits for the disk. */
const SETTINGS = {
  shared_buffers: "32MB",
  max_connections: "120",
  io_method: "sync",
  jit: "off",
  timezone: "UTC",
  fsync: "off",
};

type Settings = Record<string, string>;
type Options = {
  settings?: Settings /** For initdb. */;
  flags?: string[] /** A folder of one's own, such as a small disk. */;
  home?: string;
};

/** A whole Postgres to crash, freeze, copy and promote. */
export class FaultCluster implements AsyncDisposable {
  readonly port: number;
  readonly data: string;
  readonly #home: string;
  readonly #password: string;
  readonly #settings: Settings;
  #cluster: Cluster | null = null;

  private constructor(home: string, port: number, password: string, settings: Settings) {
    this.#home = home;
    this.port = port;
    this.data = join(home, "postgres");
    this.#password = password;
    this.#settings = settings;
  }

  /** Made, started and migrated. */
  static async open({ settings = {}, flags = [], home }: Options = {}): Promise<FaultCluster> {
    const folder = home ?? (await mkdtemp(join(tmpdir(), "earshot-fault-")));
    const password = randomBytes(12).toString("hex");
    const cluster = new FaultCluster(folder, await freePort(), password, { ...SETTINGS, ...settings });
    await createCluster(cluster.data, password, ["--no-sync", ...flags]);
    await cluster.start();
    await migrate(cluster.url, join(import.meta.dirname, "../../prisma/migrations"));
    return cluster;
  }

  get url(): string {
    return `postgres://postgres:${this.#password}@127.0.0.1:${this.port}/postgres`;
  }

  async start(more: Settings = {}, env: Record<string, string> = {}): Promise<void> {
    const settings = { ...this.#settings, ...more };
    this.#cluster = await startCluster(this.data, this.port, settings, env);
  }

  /** In order: sessions are ended, a checkpoint is written. */
  async stop(): Promise<void> {
    await this.#cluster?.stop();
  }

  /** `pg_ctl stop -m immediate`: every process leaves as it stands, and the next start recovers from the log. */
  async crash(): Promise<void> {
    process.kill(await this.#postmaster(), "SIGQUIT");
    await this.#cluster?.exited;
  }

  /** `kill -9` of the postmaster; its children notice by themselves. */
  async kill(): Promise<void> {
    await this.#cluster?.kill();
  }

  /** Starts it again once it has gone down by itself; it may still be trying to recover. */
  async revive(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Stops all its processes where they stand, or lets them go on. */
  async freeze(isFrozen = true): Promise<void> {
    const postmaster = await this.#postmaster();
    // The postmaster first when it freezes, or it would start somebody new; last when it thaws.
    const all = [postmaster, ...(await childrenOf(postmaster))];
    for (const pid of isFrozen ? all : all.reverse()) process.kill(pid, isFrozen ? "SIGSTOP" : "SIGCONT");
  }

  /** A copy of its files as they are now, at another place of its own. It has to be stopped. */
  async copy(settings: Settings = this.#settings): Promise<FaultCluster> {
    const home = await mkdtemp(join(tmpdir(), "earshot-fault-"));
    const twin = new FaultCluster(home, await freePort(), this.#password, settings);
    await copyFiles(this.data, twin.data);
    return twin;
  }

  /** Puts the files of a copy in the place of its own. Both have to be stopped. */
  async restoreFrom(copy: FaultCluster): Promise<void> {
    await rm(this.data, { recursive: true });
    await copyFiles(copy.data, this.data);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.#home, { recursive: true, force: true });
  }

  async #postmaster(): Promise<number> {
    const file = await readPidFile(this.data);
    if (!file) throw new Error("It does not run.");
    return file.pid;
  }
}

/** With owners and modes: Postgres runs as another account when we are root. */
async function copyFiles(from: string, to: string): Promise<void> {
  await promisify(execFile)("cp", ["-a", from, to]);
}

async function childrenOf(parent: number): Promise<number[]> {
  const children: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    // `pid (name) state ppid …`
    if (Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent) children.push(Number(name));
  }
  return children;
}
