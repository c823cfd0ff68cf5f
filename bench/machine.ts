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

/** One line for the head of a report. */
export const wordsOf = ({ cpu, cores, memoryGb, platform, node, postgres, loadBefore }: Machine): string =>
  `${cpu}, ${cores} cores, ${memoryGb} GB, ${platform}, Node ${node}, Postgres ${postgres}, loopback; load before the run ${loadBefore}`;

type Report = { userLimits?: { open_files?: { soft?: string | number } } };

/** How many files, and so sockets, a process may have open here; Node has raised it as far as it may. Null where nobody says. */
export function openFilesLimit(): number | null {
  const limit = Number((process.report.getReport() as Report).userLimits?.open_files?.soft);
  return Number.isFinite(limit) ? limit : null;
}

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
