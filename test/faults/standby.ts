import { appendFile, chown, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { administer } from "#test/test-postgres.ts";
import { eventually } from "#test/world.ts";
import type { FaultCluster } from "./cluster.ts";
import { Link } from "./link.ts";

const NAME = "standby";

/** A second Postgres that follows the first over a link, and can take its place. */
export class Standby implements AsyncDisposable {
  readonly cluster: FaultCluster;
  /** What it follows by. Cut here, and not by stopping a process: what is in the buffers of a socket still arrives. */
  readonly link: Link;

  private constructor(cluster: FaultCluster, link: Link) {
    this.cluster = cluster;
    this.link = link;
  }

  /** Made of the files of a primary, which is stopped for it. Follows it when this settles. */
  static async of(primary: FaultCluster, kind: "synchronous" | "asynchronous"): Promise<Standby> {
    await primary.stop();
    const cluster = await primary.copy();
    const { link, url } = await Link.before(primary.url);
    const { hostname, port, username, password } = new URL(url);
    const info = `host=${hostname} port=${port} user=${username} password=${password} application_name=${NAME}`;
    await writeFile(join(cluster.data, "standby.signal"), "");
    await appendFile(join(cluster.data, "postgresql.auto.conf"), `primary_conninfo = '${info}'\n`);
    const { uid, gid } = await stat(cluster.data);
    await chown(join(cluster.data, "standby.signal"), uid, gid);
    await primary.start(kind === "synchronous" ? { synchronous_standby_names: NAME } : {});
    await cluster.start();
    await eventually(
      () => administer<{ state: string }>(primary.url, "select sync_state as state from pg_stat_replication"),
      ([row]) => row?.state === (kind === "synchronous" ? "sync" : "async"),
      30_000,
    );
    return new Standby(cluster, link);
  }

  async promote(): Promise<void> {
    await administer(this.cluster.url, "select pg_promote()");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cluster[Symbol.asyncDispose]();
    await this.link.close();
  }
}
