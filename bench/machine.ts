import { execFile } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import { promisify } from "node:util";

/** What the figures were made on, without its name. */
export type Machine = {
  cpu: string;
  cores: number;
  memoryGb: number;
  platform: string;
  node: string;
  postgres: string;
  /** What others did here in the minute before the run. Above a fraction of the cores, rates are theirs as much as ours. */
  loadBefore: number;
};

/** Called first, while the load is that of others. */
export const loadNow = (): number => Number((loadavg()[0] ?? 0).toFixed(2));

export function describeMachine(postgres: string, loadBefore: number): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    postgres,
    loadBefore,
  };
}

/** The commit, marked when the tree differs from it. */
export async function currentCommit(): Promise<string> {
  const git = async (...args: string[]) => (await promisify(execFile)("git", args)).stdout.trim();
  try {
    const changed = await git(
      "status",
      "--porcelain",
      "--",
      "src/server",
      "prisma/migrations",
      "bench",
      ":!bench/results",
    );
    return `${await git("rev-parse", "--short", "HEAD")}${changed === "" ? "" : " with changes"}`;
  } catch {
    return "unknown";
  }
}
