import type pg from "pg";
import type { ListenState, Receipt } from "#shared/rooms.ts";
import { removed } from "../errors.ts";
import { log } from "../log.ts";
import { membersAsSystem, receiptsAsSystem } from "./activity-reads.ts";
import { ActivitySeat } from "./activity-seat.ts";
import type { Hint } from "./hints.ts";
import type { Pair } from "./me-reads.ts";
import { Rounds } from "./rounds.ts";

/** Marks that move within this travel together. */
const PAUSE_MS = 250;
/** A room that somebody opens shows its marks within this. */
const WELCOME_MS = 20;
const RETRY_MS = 500;
const ROOMS_PER_READ = 100;

/** What fades in the rooms that this node's people have open: who has read how far, who types. */
export class ActivityDesk {
  readonly #db: pg.Pool;
  readonly #listening: () => ListenState;
  readonly #rounds = new Rounds("activity", () => this.#round());
  readonly #byRoom = new Map<string, Set<ActivitySeat>>();
  readonly #byPerson = new Map<string, Set<ActivitySeat>>();
  /** Whose marks moved, by room. */
  #moved = new Map<string, Set<string>>();
  /** Seats that hear nothing until they are proved. */
  #doubted = new Set<ActivitySeat>();

  constructor(db: pg.Pool, listening: () => ListenState) {
    this.#db = db;
    this.#listening = listening;
  }

  get seats(): number {
    let count = 0;
    for (const seats of this.#byRoom.values()) count += seats.size;
    return count;
  }

  /** A place that hears nothing yet. Call it before the first await, prove membership, then `enter`. */
  seat(roomId: string, userId: string, signal: AbortSignal | undefined): ActivitySeat {
    const seat = new ActivitySeat(roomId, userId, (left) => {
      without(this.#byRoom, roomId, left);
      without(this.#byPerson, userId, left);
      this.#doubted.delete(left);
    });
    within(this.#byRoom, roomId, seat);
    within(this.#byPerson, userId, seat);
    signal?.addEventListener("abort", () => seat.close(), { once: true });
    if (signal?.aborted) seat.close();
    return seat;
  }

  /** Proves the seat once more, after it was there to be doubted, and tells it where everybody stands. */
  enter(seat: ActivitySeat): void {
    seat.hasEntered = true;
    seat.isProved = false;
    this.#doubted.add(seat);
    this.#rounds.ask(WELCOME_MS);
  }

  /** True when somebody has this room open here: they need not be proved again to say that they type. False while removals may go unheard. */
  isOpenTo(userId: string, roomId: string): boolean {
    if (this.#listening() !== "live") return false;
    for (const seat of this.#byPerson.get(userId) ?? []) if (seat.roomId === roomId && seat.isProved) return true;
    return false;
  }

  hear(hint: Hint): void {
    if (hint.kind === "typing") {
      // What was missed may be a removal of somebody here.
      if (this.#listening() !== "live") return;
      for (const seat of this.#byRoom.get(hint.roomId) ?? []) seat.tellTyping(hint);
    } else if (hint.kind === "person") {
      this.#doubt(this.#byPerson.get(hint.userId) ?? []);
    } else if ((hint.kind === "receipt" || hint.kind === "delivered") && this.#byRoom.has(hint.roomId)) {
      within(this.#moved, hint.roomId, hint.userId);
      this.#rounds.ask();
    }
  }

  /** Something may have been missed. */
  refresh(): void {
    for (const seats of this.#byRoom.values()) this.#doubt(seats);
  }

  /** At once, not when it is looked at: what is heard in between was said after a removal. */
  #doubt(seats: Iterable<ActivitySeat>): void {
    for (const seat of seats) {
      // One that is still at the door is proved after this. One that is being proved just now is proved again.
      if (seat.hasEntered) this.enter(seat);
    }
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #round(): Promise<number> {
    const [moved, doubted] = [this.#moved, this.#doubted];
    this.#moved = new Map();
    this.#doubted = new Set();
    try {
      await this.#prove(doubted);
      await this.#tell(moved, doubted);
      return PAUSE_MS;
    } catch (error) {
      log().warn({ error: String(error) }, "activity.read_failed");
      for (const [roomId, userIds] of moved) for (const userId of userIds) within(this.#moved, roomId, userId);
      for (const seat of doubted) if (this.#byRoom.get(seat.roomId)?.has(seat)) this.#doubted.add(seat);
      this.#rounds.ask();
      return RETRY_MS;
    }
  }

  /** A seat that was doubted again meanwhile stays unproved: it waits for the next round. */
  async #prove(doubted: Set<ActivitySeat>): Promise<void> {
    if (doubted.size === 0) return;
    const asked: Pair[] = [...doubted].map(({ roomId, userId }) => ({ roomId, userId }));
    const members = new Set(
      (await membersAsSystem(this.#db, asked)).map(({ roomId, userId }) => `${roomId}:${userId}`),
    );
    for (const seat of doubted) {
      if (!members.has(`${seat.roomId}:${seat.userId}`)) seat.fail(removed());
      else if (!this.#doubted.has(seat)) seat.isProved = true;
      seat.needsAll = true;
    }
  }

  async #tell(moved: Map<string, Set<string>>, doubted: Set<ActivitySeat>): Promise<void> {
    const roomIds = [...new Set([...moved.keys(), ...[...doubted].map(({ roomId }) => roomId)])].filter((roomId) =>
      this.#byRoom.has(roomId),
    );
    for (let at = 0; at < roomIds.length; at += ROOMS_PER_READ) {
      const portion = roomIds.slice(at, at + ROOMS_PER_READ);
      const read = await receiptsAsSystem(this.#db, portion);
      for (const roomId of portion) this.#tellRoom(roomId, read.get(roomId), moved.get(roomId) ?? new Set());
    }
  }

  #tellRoom(roomId: string, receipts: Receipt[] | undefined, moved: Set<string>): void {
    for (const seat of this.#byRoom.get(roomId) ?? []) {
      if (!seat.isProved) continue;
      // In the snapshot that holds the marks this person is no member any more: the bell is on its way.
      if (receipts && !receipts.some(({ userId }) => userId === seat.userId)) continue;
      if (seat.needsAll) seat.tellReceipts(receipts ?? [], true);
      else if (receipts)
        seat.tellReceipts(
          receipts.filter(({ userId }) => moved.has(userId)),
          false,
        );
      seat.needsAll = false;
    }
  }
}

function within<Key, One>(sets: Map<Key, Set<One>>, key: Key, one: One): void {
  const set = sets.get(key);
  if (set) set.add(one);
  else sets.set(key, new Set([one]));
}

function without<Key, One>(sets: Map<Key, Set<One>>, key: Key, one: One): void {
  const set = sets.get(key);
  set?.delete(one);
  if (set?.size === 0) sets.delete(key);
}
