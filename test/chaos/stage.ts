import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import { migrate } from "#server/db/migrate.ts";
import { newId } from "#shared/ids.ts";
import { Link } from "#test/faults/link.ts";
import { ServerProcess } from "#test/faults/server.ts";
import { administer, type ScratchCluster, sibling, startScratchCluster } from "#test/test-postgres.ts";
import { actAsBrowser } from "./browser-socket.ts";
import { OWNERS, populate } from "./cast.ts";
import { Chance } from "./chance.ts";
import { Device, type Person, type SignedIn } from "./device.ts";
import type { Ledger, NodeEnd } from "./evidence.ts";
import { Journal } from "./journal.ts";
import { connected } from "./ledger.ts";
import { DEVICES, NODES } from "./plan.ts";

const SECRET = randomBytes(24).toString("base64url");

/** What a node may well call an error while its database is away, and only then. */
const AWAY =
  /ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|connection timeout|trying to connect|Query read timeout|the database system is|terminating connection/;

export type StageOptions = {
  seed: number;
  /** What is planted: SQL before anything is said, a module before the nodes', a client's bad habit. */
  plant?: { sql?: string; preload?: string; mintsAnew?: boolean };
};

/** Everything that a run is played on: a durable Postgres, two nodes, eight devices, and a link before each of them. */
export class Stage implements AsyncDisposable {
  readonly journal = new Journal();
  readonly devices: Device[] = [];
  readonly nodes: ServerProcess[] = [];
  readonly deviceLinks: Link[] = [];
  readonly databaseLinks: Link[] = [];
  /** Which node each device's link leads to. */
  readonly #nodeOf: number[] = [];
  readonly revoked: Ledger["revoked"] = [];
  /** The database itself, past every link. */
  url = "";
  cluster!: ScratchCluster;
  #adminUrl = "";
  #rss: number[] = [];
  #closing: (() => unknown)[] = [];
  #isOver = false;

  static async open(opts: StageOptions): Promise<Stage> {
    const stage = new Stage();
    try {
      await stage.#openAll(opts);
    } catch (error) {
      await stage[Symbol.asyncDispose]();
      throw error;
    }
    return stage;
  }

  async #openAll({ seed, plant = {} }: StageOptions): Promise<void> {
    this.#closing.unshift(actAsBrowser());
    this.cluster = await startScratchCluster({});
    this.#closing.unshift(() => this.cluster.remove());
    this.#adminUrl = this.cluster.url;
    await administer(this.#adminUrl, "create database chaos template template0");
    this.url = sibling(this.#adminUrl, "chaos");
    await migrate(this.url, join(import.meta.dirname, "../../prisma/migrations"));
    const { people, rooms } = await populate(this.url, plant.sql);
    await Promise.all(Array.from({ length: NODES }, () => this.#openNode(seed, plant.preload)));
    this.#rss = await Promise.all(this.nodes.map(({ pid }) => rssMegabytes(pid)));
    for (let n = 0; n < DEVICES; n++) await this.#openDevice(n, seed, people, rooms, plant.mintsAnew);
  }

  async #openNode(seed: number, preload: string | undefined): Promise<void> {
    const chance = new Chance(seed).branch(`database ${this.databaseLinks.length}`);
    const address = new URL(this.url);
    const link = await Link.open({ port: Number(address.port), random: () => chance.next() });
    address.port = String(link.port);
    this.databaseLinks.push(link);
    this.#closing.unshift(() => link.close());
    const env = { AUTH_SECRET: SECRET };
    const node = await ServerProcess.start({ databaseUrl: address.href, env, ...(preload && { preload }) });
    this.nodes.push(node);
    this.#closing.unshift(() => node[Symbol.asyncDispose]());
  }

  async #openDevice(n: number, seed: number, people: Person[], rooms: string[], mintsAnew?: boolean): Promise<void> {
    const chance = new Chance(seed).branch(`link ${n}`);
    const link = await Link.open({ port: this.nodes[n % NODES]?.port ?? 0, random: () => chance.next() });
    this.deviceLinks.push(link);
    this.#nodeOf.push(n % NODES);
    this.#closing.unshift(() => link.close());
    const person = people[OWNERS[n] ?? 0] as Person;
    const nth = OWNERS.slice(0, n).filter((owner) => owner === OWNERS[n]).length + 1;
    const device = await Device.open({
      name: `${person.username}·${nth}`,
      person,
      people,
      allRooms: rooms,
      port: link.port,
      journal: this.journal,
      signIn: () => this.#signIn(person),
      mintsAnew,
    });
    this.devices.push(device);
    this.#closing.unshift(() => device.off());
  }

  /** A session of somebody; tried until the database takes it. */
  async #signIn({ id: userId }: Person): Promise<SignedIn> {
    const sid = randomBytes(32).toString("base64url");
    const sessionId = newId();
    const hash = createHash("sha256").update(sid).digest();
    const sql = `insert into session (id, user_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '1 day') on conflict do nothing`;
    while (!this.#isOver) {
      const isIn = await connected(this.url, (client) => client.query(sql, [sessionId, userId, hash])).catch(
        () => null,
      );
      if (isIn) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return { sessionId, cookie: `next-auth.session-token=${await encode({ token: { sid }, secret: SECRET })}` };
  }

  /** Ends a session where it is kept, as another device of that person would. `by` is when that was surely committed. */
  async revoke(sessionId: string): Promise<void> {
    const ended = { session: sessionId, by: null as number | null };
    this.revoked.push(ended);
    await connected(this.url, async (client) => {
      await client.query("update session set revoked_at = clock_timestamp() where id = $1", [sessionId]);
      const { rows } = await client.query<{ by: number }>(
        "select extract(epoch from clock_timestamp())::float8 * 1000 as by",
      );
      ended.by = rows[0]?.by ?? null;
    });
  }

  /** As a load balancer would: the next connections of a device go to the other node. */
  move(which: number): void {
    const next = ((this.#nodeOf[which] ?? 0) + 1) % NODES;
    this.#nodeOf[which] = next;
    this.deviceLinks[which]?.retarget({ port: this.nodes[next]?.port ?? 0 });
    this.deviceLinks[which]?.reset();
  }

  nodeEnds(): Promise<NodeEnd[]> {
    return Promise.all(
      this.nodes.map(async (node, n) => ({
        node: `node ${n}`,
        errors: [
          ...node.errors.map((line) => JSON.stringify(line)).filter((line) => !AWAY.test(line)),
          ...node.screams,
        ],
        rssMegabytes: { before: this.#rss[n] ?? 0, after: await rssMegabytes(node.pid) },
        held: await heldBy(node),
      })),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    for (const close of this.#closing.splice(0)) await close();
  }
}

async function rssMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

async function heldBy({ http }: ServerProcess): Promise<NodeEnd["held"]> {
  const said = await fetch(`${http}/metrics`).then(
    (answer) => answer.text(),
    () => "",
  );
  const of = (name: string) => Number(new RegExp(`^earshot_${name} (\\d+)$`, "m").exec(said)?.[1] ?? 0);
  return { sockets: of("sockets"), socketsBehind: of("sockets_behind"), seats: of("seats"), inboxes: of("inboxes") };
}
