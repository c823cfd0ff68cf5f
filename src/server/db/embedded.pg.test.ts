import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startEmbedded } from "./embedded.ts";
import { stopPostmaster } from "./postgres-process.ts";

let directory: string;

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "earshot-embedded-")), ".earshot");
});
afterEach(async () => {
  await stopPostmaster(await postmasterPid());
  await rm(join(directory, ".."), { recursive: true });
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number> {
  const file = await readFile(join(directory, "postgres/postmaster.pid"), "utf8").catch(() => "");
  return Number(file.split("\n")[0]) || 2 ** 30;
}

/** A server in another process that is killed while it runs, as the kernel does when memory is short. */
async function startAndKillServer(): Promise<void> {
  const code = `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, "embedded.ts"))};
    await startEmbedded({ directory: ${JSON.stringify(directory)} }); console.log("up"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("data outlives a restart, and what is committed is on the disk", async () => {
  const first = await startEmbedded({ directory });
  await ask(first.url, "create table mark as select 1 as n");
  const settings = await ask(
    first.url,
    "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as address",
  );
  await first.stop();

  const second = await startEmbedded({ directory });
  const rows = await ask(second.url, "select n from mark");
  await second.stop();

  expect(rows).toEqual([{ n: 1 }]);
  expect(settings).toEqual([{ fsync: "on", commit: "on", address: "127.0.0.1" }]);
});

test("a second Earshot on the same directory is told so, and the first does not notice", async () => {
  const first = await startEmbedded({ directory });

  await expect(startEmbedded({ directory })).rejects.toThrow(`Another Earshot is already running on ${directory}`);

  expect(await ask(first.url, "select 1 as n")).toEqual([{ n: 1 }]);
  await first.stop();
});

test("the Postgres of a server that was killed is taken over", async () => {
  await startAndKillServer();
  const orphan = await postmasterPid();

  const next = await startEmbedded({ directory });

  expect(await postmasterPid()).not.toBe(orphan);
  expect(await ask(next.url, "select 1 as n")).toEqual([{ n: 1 }]);
  await next.stop();
});

test("a pid file that a crash left behind does not matter, even when its number is somebody else's now", async () => {
  await (await startEmbedded({ directory })).stop();
  const here = `${process.pid}\n${directory}\n1\n5432\n\n\n\nready\n`;
  await writeFile(join(directory, "postgres/postmaster.pid"), here);

  const next = await startEmbedded({ directory });

  expect(await ask(next.url, "select 1 as n")).toEqual([{ n: 1 }]);
  await next.stop();
});

test("a Postgres that dies comes back at the same address", async () => {
  const embedded = await startEmbedded({ directory });
  const pid = await postmasterPid();

  process.kill(pid, "SIGKILL");

  await vi.waitFor(async () => expect(await ask(embedded.url, "select 1 as n")).toEqual([{ n: 1 }]), 10_000);
  expect(await postmasterPid()).not.toBe(pid);
  await expect(startEmbedded({ directory })).rejects.toThrow("Another Earshot");
  await embedded.stop();
});

test("data of another major version is refused, not touched", async () => {
  await (await startEmbedded({ directory })).stop();
  await writeFile(join(directory, "postgres/PG_VERSION"), "17\n");

  await expect(startEmbedded({ directory })).rejects.toThrow("was made by Postgres 17, and this is 18");
});
