import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { platform } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** What postmaster.pid says, and whether the process behind it is real. */
const run = promisify(execFile);
const STOP_TIMEOUT_MS = 10_000; // a fast shutdown takes about 0.2 s; beyond this, stop without a checkpoint
const POLL_MS = 20;

interface PidFile {
  pid: number;
  port: number;
  isReady: boolean;
}

/** The file that Postgres keeps in its data directory: pid in line 1, port in line 4, state in line 8. */
export async function readPidFile(data: string): Promise<PidFile | undefined> {
  const lines = (await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" } : undefined;
}

/** The Postgres that has this data directory now, or undefined. */
export async function runningPostmaster(data: string): Promise<PidFile | undefined> {
  const file = await readPidFile(data);
  return file && (await isRunning(file.pid)) ? file : undefined;
}

/**
 * After a crash of the machine, postmaster.pid may name a process id that something else has by now, and Postgres then
 * refuses to start. Only a file whose process lives and is surely no Postgres is removed; the rest it judges itself.
 */
export async function forgetStranger(data: string): Promise<void> {
  const file = await readPidFile(data);
  if (file && exists(file.pid) && !(await isRunning(file.pid))) await rm(join(data, "postmaster.pid"), { force: true });
}

/** A fast shutdown: sessions are ended, a checkpoint is written. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!(await isRunning(pid))) return;
    process.kill(pid, signal);
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    while (Date.now() < deadline && (await isRunning(pid))) await sleep(POLL_MS);
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** False also for a process that has ended but that nobody has buried (a container without init). */
async function isRunning(pid: number): Promise<boolean> {
  if (!exists(pid)) return false;
  if (platform() === "win32") return true;
  const state = platform() === "linux" ? await stateInProc(pid) : await stateByPs(pid);
  return state === undefined || (state.includes("postgres") && !/(^|\) )Z/.test(state));
}

/** `123 (postgres) S 1 …`; slim images have no ps. */
async function stateInProc(pid: number): Promise<string | undefined> {
  return readFile(`/proc/${pid}/stat`, "utf8").catch((error: NodeJS.ErrnoException) =>
    error.code === "ENOENT" || error.code === "ESRCH" ? "" : undefined,
  );
}

async function stateByPs(pid: number): Promise<string | undefined> {
  return run("ps", ["-o", "stat=,comm=", "-p", String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}
