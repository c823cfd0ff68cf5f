import { execFile } from "node:child_process";
import { chmod, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { promisify } from "node:util";

/**
 * Postgres refuses to run as root, for good reason. Started by root, it runs as the owner of its data directory, or as
 * the system account `postgres`, which is made when there is none. Started by anybody else, it runs as that person.
 */
const run = promisify(execFile);

/** What spawn() takes; empty when we are not root. */
export interface Account {
  uid?: number;
  gid?: number;
}

export async function accountFor(data: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(data);
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await postgresAccount()) ?? (await makePostgresAccount());
}

async function postgresAccount(): Promise<Account | undefined> {
  const id = async (flag: string) => Number((await run("id", [flag, "postgres"])).stdout);
  return Promise.all([id("-u"), id("-g")]).then(
    ([uid, gid]) => ({ uid, gid }),
    () => undefined,
  );
}

async function makePostgresAccount(): Promise<Account> {
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  } catch {
    // Alpine and busybox know only this one.
    await run("adduser", ["-S", "-D", "-H", "postgres"]);
  }
  const account = await postgresAccount();
  if (!account) throw new Error("there is no account named postgres, and it could not be made");
  return account;
}

/**
 * Lets that account pass through the directories above `paths`: a clone in /root or in a fresh temporary directory
 * (mode 700) is closed to it. Adds only "may pass through" (o+x) and only where it is missing.
 */
export async function makeReachable({ uid, gid }: Account, ...paths: string[]): Promise<void> {
  if (uid === undefined) return;
  for (const path of paths) {
    for (let directory = resolve(path); directory !== dirname(directory); directory = dirname(directory)) {
      const { mode, uid: owner, gid: group } = await stat(directory);
      const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) await chmod(directory, (mode & 0o7777) | bit);
    }
  }
}

/** npm under a strict umask (077) unpacks programs and libraries that only root can read. */
export async function makeReadable({ uid }: Account, programs: string): Promise<void> {
  if (uid === undefined || ((await stat(programs)).mode & 0o005) === 0o005) return;
  await run("chmod", ["-R", "o+rX", programs]);
}
