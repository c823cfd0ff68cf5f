import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ListenState } from "#shared/rooms.ts";
import type { Pressure } from "../db/node-reports.ts";
import type { Eviction } from "./outflow.ts";

/** What is asked for at the moment of a scrape, rather than counted. Null is what is not known right now. */
export type Observed = {
  sockets: () => number;
  socketsBehind: () => number;
  socketBytes: () => number;
  seats: () => number;
  rooms: () => number;
  roomsDirty: () => number;
  people: () => number;
  inboxes: () => number;
  activitySeats: () => number;
  sendsWaiting: () => number;
  receiptsWaiting: () => number;
  listening: () => ListenState;
  /** Of the last heartbeat. */
  heartbeatMs: () => number | null;
  /** As of the last report (reports.ts), or null when that is too old. */
  pressure: () => Pressure | null;
  clockOffsetMs: () => number | null;
};

/**
 * How a feed began: from the ring, from the table, anew because its cursor means nothing any more, or for the first time
 * without a cursor (a page that the server rendered brings one, so a first opening is mostly `ring`).
 */
export type Resume = "ring" | "database" | "reset" | "fresh";

const STATES: ListenState[] = ["live", "catching-up", "polling"];
const EVICTIONS: Eviction[] = ["stuck", "drowning", "overtaken"];
const RESUMES: Resume[] = ["ring", "database", "reset", "fresh"];
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];
const BATCHES = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** What an operator sees at /metrics. One instance per node, so that two nodes in one test do not share counters. */
export function createMetrics(observed: Observed) {
  const registry = new Registry();
  const registers = [registry];
  observe(observed, registers);
  const counter = (name: string, help: string) => new Counter({ name, help, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });
  return {
    registry,
    reconnects: counter("earshot_listener_reconnects_total", "LISTEN connections made."),
    heartbeatDelay: histogram(
      "earshot_heartbeat_delay_seconds",
      "From the moment a heartbeat was given to the pool to the moment LISTEN heard it.",
      SECONDS,
    ),
    sends: sendCounter(registers),
    batchSize: histogram("earshot_send_batch_size", "Sends that shared a commit.", BATCHES),
    receiptBatchSize: histogram("earshot_receipt_batch_size", "Watermarks that shared a commit.", BATCHES),
    commit: histogram(
      "earshot_send_commit_seconds",
      "A batch of sends, from the pool to the answer after COMMIT.",
      SECONDS,
    ),
    receiptCommit: histogram("earshot_receipt_commit_seconds", "A batch of watermarks, likewise.", SECONDS),
    deliveries: counter("earshot_deliveries_total", "Frames of live rooms written to sockets."),
    deliveryBytes: counter(
      "earshot_delivery_bytes_total",
      "Bytes of those frames, without the some 40 that each socket's own start takes.",
    ),
    changes: counter("earshot_changes_total", "Changes encoded and written out."),
    ownChanges: counter(
      "earshot_own_changes_total",
      "Those among them that were not read: this node had committed them.",
    ),
    reads: counter("earshot_reads_total", "Reads of changed rooms."),
    resumes: labelled("earshot_resumes_total", "Room feeds that began, by where from.", "from", RESUMES, registers),
    evictions: labelled(
      "earshot_evictions_total",
      "Sockets closed for not reading, by why.",
      "why",
      EVICTIONS,
      registers,
    ),
    deliveryDelay: histogram(
      "earshot_delivery_delay_seconds",
      "From the moment the database took a message to the moment its frames were written, by the database's clock.",
      SECONDS,
    ),
    ackDelay: histogram(
      "earshot_acknowledgement_delay_seconds",
      "From the same moment until one client's end, asked by a ping right behind the frame, said that it has it. At most one a second.",
      SECONDS,
    ),
    acksMissed: counter("earshot_acknowledgements_missed_total", "Such questions that were not answered within 10 s."),
  };
}

function observe(observed: Observed, registers: Registry[]): void {
  const gauge = (name: string, help: string, read: () => number | null) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read();
        // Left out while it is not known: a NaN would not survive the way between processes.
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  gauge("earshot_sockets", "Open sockets.", observed.sockets);
  gauge(
    "earshot_sockets_behind",
    "Sockets that get nothing until they have read what they have.",
    observed.socketsBehind,
  );
  gauge("earshot_seats", "Live room feeds.", observed.seats);
  gauge("earshot_rooms_watched", "Rooms that somebody on this node watches.", observed.rooms);
  gauge("earshot_rooms_dirty", "Rooms that changed and have not been read yet.", observed.roomsDirty);
  gauge("earshot_people_here", "People with a device on this node.", observed.people);
  gauge("earshot_inboxes", "Live feeds of what is somebody's own.", observed.inboxes);
  gauge("earshot_activity_seats", "Live feeds of what fades.", observed.activitySeats);
  gauge("earshot_sends_waiting", "Sends that wait for the batch in flight.", observed.sendsWaiting);
  gauge("earshot_receipts_waiting", "Watermarks that wait for their batch.", observed.receiptsWaiting);
  gauge(
    "earshot_notify_lock_waiters",
    "Commits on the whole instance that wait for the lock of NOTIFY, as of the last ten seconds.",
    () => observed.pressure()?.lockWaiters ?? null,
  );
  gauge(
    "earshot_notify_queue_usage",
    "How full the instance's queue of notifications is, 0 to 1, as of the last ten seconds.",
    () => observed.pressure()?.queueUsage ?? null,
  );
  gauge("earshot_clock_offset_seconds", "How far the database's clock is ahead of this node's.", () => {
    const ms = observed.clockOffsetMs();
    return ms === null ? null : ms / 1_000;
  });
  const total = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  total("earshot_socket_bytes_total", "Bytes given to all sockets: feeds, answers, pings.", observed.socketBytes);
  // Under the names that every dashboard knows.
  gauge("process_resident_memory_bytes", "Memory of this process.", () => process.memoryUsage.rss());
  total("process_cpu_seconds_total", "Processor time of this process, user and system.", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  new Gauge({
    name: "earshot_listener_state",
    help: "How this node hears of changes: 1 for the state it is in.",
    labelNames: ["state"] as const,
    registers,
    collect() {
      for (const state of STATES) this.set({ state }, observed.listening() === state ? 1 : 0);
    },
  });
}

/** By outcome: those of every day, and those that somebody is woken for. Others appear when they happen. */
function sendCounter(registers: Registry[]) {
  const sends = new Counter({
    name: "earshot_sends_total",
    help: "Sends answered, by outcome.",
    labelNames: ["outcome"] as const,
    registers,
  });
  for (const outcome of ["new", "repeat", "TOO_BUSY", "failed"]) sends.inc({ outcome }, 0);
  return sends;
}

/** Every label stands at 0 from the start: a rate over a counter that appears with its first event misses that event. */
function labelled<Label extends string, Value extends string>(
  name: string,
  help: string,
  label: Label,
  values: Value[],
  registers: Registry[],
) {
  const made = new Counter({ name, help, labelNames: [label], registers });
  for (const value of values) made.inc({ [label]: value } as Partial<Record<Label, Value>>, 0);
  return {
    one: (value: Value) => made.inc({ [label]: value } as Partial<Record<Label, Value>>),
    total: () => made.get(),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
