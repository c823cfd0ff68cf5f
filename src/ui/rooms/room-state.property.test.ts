import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Batch, Change } from "#shared/feed.ts";
import type { Message, MessagePage } from "#shared/messages.ts";
import { ACTS, ModelRoom } from "#test/model-room.ts";
import { applyBatch, applyPage, applyRows, fromSnapshot, GAP, type RoomState, visibleMessages } from "./room-state.ts";
import { trimRoom } from "./trim-room.ts";

/**
 * R12 against a model of the server: whatever happens in a room, and in whatever portions, however often, late or not at
 * all this device is told of it, it ends with what a fresh reader sees. Each step also holds the cursor to its rules.
 */
class Device {
  readonly server: ModelRoom;
  readonly pageSize: number;
  state: RoomState;
  /** From here on every change has been told: since the first page, or the last reset. */
  since: number;
  hasTrimmed = false;
  gaps = 0;
  /** Where the server's next live frame begins, whether or not the last one arrived. */
  #told: number;
  #arrived: { batch: Batch; cursor: string }[] = [];
  #onTheirWay: { page: MessagePage; before: number }[] = [];
  #loose: { rows: Message[]; resetAt: string; pagesFrom: number } | null = null;

  constructor(server: ModelRoom, pageSize: number) {
    this.server = server;
    this.pageSize = pageSize;
    this.state = fromSnapshot({ room: server.room(), page: server.page(pageSize) });
    this.#told = server.version;
    this.since = server.version;
  }

  get known(): number {
    return Number(this.state.cursor?.split(".")[1]);
  }

  /** Takes a batch in as the feed does, and holds it to what a batch may do. Answers false for a gap. */
  take(batch: Batch, cursor = this.server.cursor(batch.to)): boolean {
    const [before, known] = [this.state, this.known];
    const next = applyBatch(before, batch, cursor);
    if (!batch.reset && batch.from > known) {
      expect(next, "rows are missing, and it is said").toBe(GAP);
      this.gaps++;
      return false;
    }
    if (next === GAP) throw new Error(`No gap: ${batch.from} is not above ${known}.`);
    this.state = next;
    expect(this.known, "the cursor goes forward, or where a reset puts it").toBe(
      batch.reset ? batch.to : Math.max(known, batch.to),
    );
    expect(applyBatch(next, batch, cursor), "twice is once").toEqual(next);
    if (!batch.reset) isNoOlder(next, before);
    this.#arrived.push({ batch, cursor });
    return true;
  }

  /** Asks the feed to go on from the cursor: pages, each read when it is asked for. */
  ask(limit: number): void {
    do this.take(this.server.batchAfter(this.known, limit));
    while (this.known < this.server.version);
    this.#told = this.server.version;
    this.isFresh();
  }

  live(isLost: boolean): void {
    const batch = { ...this.server.batchAfter(this.#told, Number.POSITIVE_INFINITY), from: this.#told };
    this.#told = batch.to;
    if (!isLost && !this.take(batch)) this.ask(2);
  }

  /** Any stretch at all, put together from reads of any age, as the ring does; a row may be in it once per portion. */
  stretch([a, b, c]: Numbers): void {
    const head = this.server.version;
    const [from, to] = [a % (head + 1), b % (head + 1)].sort((one, other) => one - other) as [number, number];
    const cut = from + (c % (to - from + 1));
    const read = (low: number, high: number, age: number) =>
      this.server.changes(low, high, high + (age % (head - high + 1)));
    const changes: Change[] = [...read(from, cut, a + c), ...read(cut, to, b + c)];
    this.take({ from, to, changes });
  }

  again(n: number): void {
    const [one] = this.#arrived.slice(n % Math.max(1, this.#arrived.length));
    if (one && !one.batch.reset) this.take(one.batch, one.cursor);
  }

  /** The settings are read after the page, and may be newer. */
  reset(n = 0): void {
    this.take(this.server.reset(this.pageSize, () => n % 3 === 1 && this.server.do("title", n)));
    this.since = this.known;
    this.#told = this.known;
    this.hasTrimmed = false;
  }

  restore(to: number): void {
    this.server.restore(to);
    // The sockets were closed: nothing of before arrives any more but what was asked over HTTP.
    this.#arrived = [];
    this.reset();
  }

  /** The worst of restores: another history, at the very number to which the last reset led. */
  fork(n: number): void {
    const { resetAt } = this.state;
    const version = resetAt ? Number(resetAt.split(".")[1]) : this.server.version;
    this.server.restore(version - 1);
    while (this.server.version < version) this.server.do("say", n);
    this.restore(version);
  }

  askOlder(): void {
    const before = this.state.floor;
    if (this.state.hasOlder) this.#onTheirWay.push({ page: this.server.page(this.pageSize, before), before });
  }

  /** As RoomStore.takeOlder takes it. */
  getOlder(n: number): void {
    const [one] = this.#onTheirWay.splice(n % Math.max(1, this.#onTheirWay.length), 1);
    if (one?.before !== this.state.floor) return;
    const next = applyPage(this.state, one.page);
    const shown = new Set(visibleMessages(next).map(({ id }) => id));
    if (next !== this.state) expect(one.page.messages.filter(({ id }) => !shown.has(id))).toEqual([]);
    this.#moveNothing(next);
  }

  askRows(n: number): void {
    const rows = this.server.messages().filter((_, place) => (place + n) % 3 === 0);
    this.#loose = { rows, resetAt: this.state.resetAt, pagesFrom: this.state.pagesFrom };
  }

  /** As use-loose-rows takes them. */
  getRows(): void {
    const { resetAt, pagesFrom } = this.state;
    if (this.#loose?.resetAt === resetAt && this.#loose.pagesFrom === pagesFrom)
      this.#moveNothing(applyRows(this.state, this.#loose.rows));
    this.#loose = null;
  }

  trim(readUntil: number): void {
    const next = trimRoom(this.state, readUntil, 1);
    if (next !== this.state) this.hasTrimmed = true;
    this.#moveNothing(next);
  }

  #moveNothing(next: RoomState): void {
    expect(next.cursor, "pages and rows move no cursor").toBe(this.state.cursor);
    this.state = next;
  }

  /** Everything that this device knows, against what the server has. */
  isFresh(): void {
    const { state, server } = this;
    expect(state.cursor).toBe(server.cursor(server.version));
    expect(state.room).toEqual(server.room());
    const timeline = server.timeline();
    expect(visibleMessages(state)).toEqual(timeline.filter(({ seq }) => seq >= state.floor));
    expect(state.hasOlder).toBe(timeline.some(({ seq }) => seq < state.floor));
    const [messages, members] = [server.messages(), server.members()];
    for (const row of state.messages.values()) expect(row).toEqual(messages.find(({ id }) => id === row.id));
    for (const row of state.members.values())
      expect(row).toEqual(members.find(({ person }) => person.id === row.person.id));
    // Also what no window shows, replies above all: threads are read from it.
    for (const row of members) if (row.version > this.since) expect(state.members.get(row.person.id)).toEqual(row);
    if (this.hasTrimmed) return;
    for (const row of messages) if (row.version > this.since) expect(state.messages.get(row.id)).toEqual(row);
  }
}

/** No row goes back to what it was. */
function isNoOlder(next: RoomState, before: RoomState): void {
  expect(next.room?.version).toBeGreaterThanOrEqual(before.room?.version ?? 0);
  for (const [id, { version }] of before.messages)
    expect(next.messages.get(id)?.version ?? -1).toBeGreaterThanOrEqual(version);
  for (const [id, { version }] of before.members)
    expect(next.members.get(id)?.version ?? -1).toBeGreaterThanOrEqual(version);
}

type Numbers = [number, number, number];
const STEPS: Record<string, (device: Device, numbers: Numbers) => void> = {
  ...Object.fromEntries(ACTS.map((act) => [act, (device: Device, [n]: Numbers) => device.server.do(act, n)])),
  live: (device) => device.live(false),
  lost: (device) => device.live(true),
  stretch: (device, numbers) => device.stretch(numbers),
  again: (device, [n]) => device.again(n),
  ask: (device, [n]) => device.ask(1 + (n % 4)),
  reset: (device, [n]) => device.reset(n),
  restore: (device, [n]) => device.restore(n % (device.server.version + 1)),
  fork: (device, [n]) => device.fork(n),
  askOlder: (device) => device.askOlder(),
  getOlder: (device, [n]) => device.getOlder(n),
  askRows: (device, [n]) => device.askRows(n),
  getRows: (device) => device.getRows(),
  trim: (device, [n]) => device.trim(n % 3 ? device.server.version : n % 7),
};
const numbers = fc.tuple(fc.nat(200), fc.nat(200), fc.nat(200));
const stepOf = (...names: string[]) => fc.tuple(fc.constantFrom(...names), numbers);
const deed = stepOf(...ACTS, "edit", "edit", "title", "title", "title");
const told = stepOf("live", "live", "lost", "stretch", "stretch", "again", "ask");
const overtaking = stepOf("reset", "fork", "restore", "trim", "ask");
/** What is asked for, and comes when it has been overtaken by deeds, and perhaps by worse. */
const race = fc
  .tuple(fc.constantFrom("Older", "Rows"), numbers, deed, deed, told, overtaking)
  .map(([what, given, one, two, news, worse]): [string, Numbers][] => [
    [`ask${what}`, given],
    ...[one, two, news, worse],
    [`get${what}`, given],
  ]);
const one = fc
  .oneof(deed, told, overtaking, stepOf("askOlder", "getOlder", "askRows", "getRows"))
  .map((step) => [step]);
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: one }, race), { minLength: 1, maxLength: 30, size: "max" });
const past = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.nat(200)), { maxLength: 15, size: "max" });

describe("what this device knows of a room", () => {
  test("is what a fresh reader sees, however its batches and pages were cut, repeated, overtaken or lost", () => {
    const met = { gaps: 0, runs: 0 };
    fc.assert(
      fc.property(past, steps, fc.integer({ min: 1, max: 5 }), (before, after, pageSize) => {
        const server = new ModelRoom();
        for (const [act, n] of before) server.do(act, n);
        const device = new Device(server, pageSize);
        for (const [step, given] of after.flat()) STEPS[step]?.(device, given);
        device.ask(1 + (after.length % 5));
        met.gaps += device.gaps;
        met.runs++;
      }),
      { numRuns: 600 },
    );
    expect(met.gaps, "gaps were among it").toBeGreaterThan(met.runs / 20);
  });
});
