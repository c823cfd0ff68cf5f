import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ListenState } from "#shared/rooms.ts";

/** What is asked for at the moment of a scrape, rather than counted. */
export type Observed = {
  sockets: () => number;
  seats: () => number;
  rooms: () => number;
  people: () => number;
  inboxes: () => number;
  activitySeats: () => number;
  listening: () => ListenState;
};

const STATES: ListenState[] = ["live", "catching-up", "polling"];

/** What an operator sees at /metrics. One instance per node, so that two nodes in one test do not share counters. */
export function createMetrics(observed: Observed) {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    sockets: gauge("earshot_sockets", "Open sockets.", observed.sockets, registers),
    seats: gauge("earshot_seats", "Live room feeds.", observed.seats, registers),
    rooms: gauge("earshot_rooms_watched", "Rooms that somebody on this node watches.", observed.rooms, registers),
    people: gauge("earshot_people_here", "People with a device on this node.", observed.people, registers),
    inboxes: gauge("earshot_inboxes", "Live feeds of what is somebody's own.", observed.inboxes, registers),
    activitySeats: gauge("earshot_activity_seats", "Live feeds of what fades.", observed.activitySeats, registers),
    listening: new Gauge({
      name: "earshot_listener_state",
      help: "How this node hears of changes: 1 for the state it is in.",
      labelNames: ["state"] as const,
      registers,
      collect() {
        for (const state of STATES) this.set({ state }, observed.listening() === state ? 1 : 0);
      },
    }),
    reconnects: new Counter({ name: "earshot_listener_reconnects_total", help: "LISTEN connections made.", registers }),
    sends: new Counter({
      name: "earshot_sends_total",
      help: "Sends answered, by outcome.",
      labelNames: ["outcome"] as const,
      registers,
    }),
    batchSize: new Histogram({
      name: "earshot_send_batch_size",
      help: "Sends that shared a commit.",
      buckets: [1, 2, 5, 10, 20, 50, 100, 200],
      registers,
    }),
    receiptBatchSize: new Histogram({
      name: "earshot_receipt_batch_size",
      help: "Watermarks that shared a commit.",
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers,
    }),
    deliveries: new Counter({ name: "earshot_deliveries_total", help: "Frames written to sockets.", registers }),
    changes: new Counter({ name: "earshot_changes_total", help: "Changes read and encoded.", registers }),
    reads: new Counter({ name: "earshot_reads_total", help: "Reads of changed rooms.", registers }),
    deliveryDelay: new Histogram({
      name: "earshot_delivery_delay_seconds",
      help: "From the moment a message was written to the moment its frames were (the two clocks must agree).",
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
  };
}

function gauge(name: string, help: string, read: () => number, registers: Registry[]) {
  return new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}

export type Metrics = ReturnType<typeof createMetrics>;
