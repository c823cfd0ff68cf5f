import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "#test/world.ts";
import { connected } from "./ledger.ts";
import { type Fault, isOverAtOnce, NODES, told } from "./plan.ts";
import type { Stage } from "./stage.ts";

/** A fault as it really came: in ms since the start. */
export type FaultNote = { fault: string; fromMs: number; toMs: number };

/** Brings faults about and takes them back. Two at one place come one after the other. */
export class Faults {
  readonly notes: FaultNote[] = [];
  readonly #stage: Stage;
  readonly #startedAt: number;
  readonly #queues = new Map<string, Promise<void>>();

  constructor(stage: Stage, startedAt: number) {
    this.#stage = stage;
    this.#startedAt = startedAt;
  }

  begin(fault: Fault, forMs: number): void {
    const place = `${fault.at} ${fault.which}`;
    const before = this.#queues.get(place) ?? Promise.resolve();
    this.#queues.set(
      place,
      before.then(() => this.#run(fault, forMs)),
    );
  }

  /** Settles when every one of them is over. Throws what could not be taken back. */
  async over(): Promise<void> {
    await Promise.all(this.#queues.values());
  }

  async #run(fault: Fault, forMs: number): Promise<void> {
    const note = { fault: told(fault), fromMs: Date.now() - this.#startedAt, toMs: 0 };
    this.notes.push(note);
    const end = await bring(this.#stage, fault);
    if (!isOverAtOnce(fault)) await new Promise((resolve) => setTimeout(resolve, forMs));
    await end();
    note.toMs = Date.now() - this.#startedAt;
  }
}

const nothing = async () => {};

/** Brings it about, and answers how it is taken back. */
async function bring(stage: Stage, fault: Fault): Promise<() => Promise<void>> {
  switch (fault.at) {
    case "device":
      return onDevice(stage, fault);
    case "session":
      // Where the database is away nobody is signed out; whether it was done is then not known.
      await stage.revoke(stage.devices[fault.which]?.session.sessionId ?? "").catch(() => {});
      return nothing;
    case "node":
      return onNode(stage, fault);
    case "database":
      return onLink(stage.databaseLinks[fault.which], fault);
    case "postgres":
      return onPostgres(stage, fault.kind);
  }
}

async function onDevice(stage: Stage, fault: Extract<Fault, { at: "device" }>): Promise<() => Promise<void>> {
  const link = stage.deviceLinks[fault.which];
  if (fault.kind === "reload") stage.devices[fault.which]?.reload();
  else if (fault.kind === "closeAfter") {
    link?.closeAfter(fault.bytes, 2);
    link?.reset();
  } else if (fault.kind === "move") {
    stage.move(fault.which);
  } else return onLink(link, fault as Fault);
  return nothing;
}

async function onLink(link: Stage["deviceLinks"][number] | undefined, fault: Fault): Promise<() => Promise<void>> {
  const { at: _, which: __, ...weather } = fault;
  if (weather.kind === "reset") link?.reset();
  else if (weather.kind === "dropNextReply") link?.dropNextReply();
  else link?.set(weather as never);
  return async () => link?.set({ kind: "ok" });
}

async function onNode(stage: Stage, { which, kind }: Extract<Fault, { at: "node" }>): Promise<() => Promise<void>> {
  const node = stage.nodes[which % NODES];
  if (!node) return nothing;
  if (kind === "pause") {
    await node.kill("SIGSTOP");
    return async () => void (await node.kill("SIGCONT"));
  }
  await node.kill(kind === "kill" ? "SIGKILL" : "SIGTERM");
  return () => startAgain(node);
}

/** A node does not start without its database. Whoever runs it tries again, and what it says of that is no news. */
async function startAgain(node: Stage["nodes"][number]): Promise<void> {
  const said = node.screams.length;
  const tried = () =>
    node.start().then(
      () => true,
      () => false,
    );
  await eventually(tried, Boolean, 60_000);
  node.screams.splice(said);
}

async function onPostgres(stage: Stage, kind: "cutListeners" | "cutAll" | "crash"): Promise<() => Promise<void>> {
  const { url, cluster } = stage;
  if (kind === "crash") {
    const [row] = await connected(
      url,
      async (client) => (await client.query<{ data: string }>("select current_setting('data_directory') as data")).rows,
    );
    await crash(row?.data ?? "");
    return () => cluster.start();
  }
  const only = kind === "cutListeners" ? "and application_name = 'earshot listener'" : "";
  const sql = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name like 'earshot%' ${only}`;
  await connected(url, (client) => client.query(sql)).catch(() => {});
  return nothing;
}

/** `pg_ctl stop -m immediate`: no checkpoint, no goodbye; the next start recovers from the log. */
async function crash(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  const pid = Number((await readFile(file, "utf8")).split("\n")[0]);
  process.kill(pid, "SIGQUIT");
  await eventually(
    () => readFile(file, "utf8").catch(() => ""),
    (text) => text === "",
    30_000,
  );
}
