import type { WebSocket } from "ws";
import { type Change, cursorOf, parseCursor } from "#shared/feed.ts";
import type { MessagePage } from "#shared/messages.ts";
import { removed } from "../errors.ts";
import { frameRest } from "./frames.ts";
import { OwnNews } from "./own-news.ts";
import type { Seat } from "./seat.ts";

/** Changes that a channel keeps, so that a reconnect storm costs memory, not queries. More while a seat is pinned. */
const RING_SIZE = 256;

/** Beyond this, whoever still reads pages no longer holds the ring back: the table has what they miss. */
const HELD_BACK_MAX = 2_048;

/** A change, encoded once for everybody (R5). `leaver` is the person whom it removes from the room. */
type Entry = { version: number; json: string; leaver: string | null };

type Slice = { rest: string; cut: boolean };

/** One watched room on this node: what it has heard, what it has read, and who sits there. */
export class RoomChannel {
  readonly roomId: string;
  /** Everything up to here has been read and written out. Null until the first feed has proved that the room is there. */
  head: number | null = null;
  /** The highest number that there is, as far as we know. Above `head`, the room is dirty. */
  heard = 0;
  /** The highest number that the doorbell itself named. */
  rung = 0;
  /** How often something was heard: the second time may name no higher number, and still be news. */
  timesHeard = 0;

  readonly #epoch: () => string;
  readonly #onUnproved: () => unknown;
  readonly #seated = new Set<Seat>();
  readonly #waiting = new Set<Seat>();
  readonly #own = new OwnNews();
  #ring: Entry[] = [];
  /** The ring holds every change above this. */
  #floor = 0;
  #firstPage: Promise<MessagePage> | null = null;

  /** `onUnproved` is called when the last seat goes before anybody has proved that the room is there. */
  constructor(roomId: string, opts: { epoch: () => string; onUnproved: () => unknown }) {
    this.roomId = roomId;
    this.#epoch = opts.epoch;
    this.#onUnproved = opts.onUnproved;
  }

  get isWatched(): boolean {
    return this.#seated.size + this.#waiting.size > 0;
  }

  get isDirty(): boolean {
    return this.head !== null && this.heard > this.head;
  }

  get seats(): number {
    return this.#seated.size;
  }

  /** From here on the channel reads what it hears. `version` is the room's, as an authorised read just saw it. */
  start(version: number): void {
    if (this.head !== null) return;
    this.head = version;
    this.#floor = version;
    this.heard = Math.max(this.heard, version);
    for (const seat of this.#waiting) seat.pinned ??= version;
  }

  /** Keeps what this node has just committed itself, until the doorbell says so too. */
  offer(change: Change): void {
    if (this.head !== null && change.version > this.head) this.#own.keep(change);
  }

  /** The highest number that there is, as a read saw it: what a bell said above it was never taken. */
  believe(version: number): void {
    this.heard = version;
    this.rung = Math.min(this.rung, version);
  }

  /**
   * All that is to be read, when this node has committed all of it itself and the doorbell has confirmed it. Not before:
   * Postgres hands out notifications in the order of commits, so whatever ended somebody's right to these rows before they
   * were committed has been heard by then (R9). What a sweep found says nothing of that.
   */
  confirmed(): Change[] | null {
    if (this.head === null || this.heard <= this.head || this.heard > this.rung) return null;
    return this.#own.between(this.head, this.heard);
  }

  /** What the doorbell did not confirm while we listened, it never will. */
  forgetOffers(): void {
    this.#own.forget();
  }

  wait(seat: Seat): void {
    this.#waiting.add(seat);
  }

  sit(seat: Seat): void {
    this.#waiting.delete(seat);
    this.#seated.add(seat);
  }

  leave(seat: Seat): void {
    this.#waiting.delete(seat);
    this.#seated.delete(seat);
    if (this.head === null && !this.isWatched) this.#onUnproved();
  }

  /** True when the ring alone can bring somebody at `version` up to now. */
  holds(version: number): boolean {
    return this.head !== null && version >= this.#floor;
  }

  /**
   * Takes in what somebody who came back had to have read from the table: everything in (from, to]. Whoever comes back from
   * no further is served by the ring.
   */
  reachBack({ from, to, changes, isFull }: { from: number; to: number; changes: Change[]; isFull: boolean }): void {
    if (isFull || this.head === null || to < this.#floor || from >= this.#floor) return;
    const entries = changes.filter((change) => change.version <= this.#floor).map(encodeEntry);
    if (entries.length + this.#ring.length > RING_SIZE) return;
    this.#ring = [...entries, ...this.#ring];
    this.#floor = from;
  }

  /** The newest page: one for all who begin while the ring still goes on from it. */
  async firstPage(read: () => Promise<MessagePage>): Promise<MessagePage> {
    const kept = this.#firstPage;
    const page = await kept?.catch(() => null);
    if (page && this.holds(parseCursor(page.cursor).version)) return page;
    // Whoever waited for the same page, in vain, reads one more together.
    if (this.#firstPage === kept) this.#firstPage = read();
    return this.#firstPage ?? read();
  }

  /** It weighs as much as the ring, and serves a rush: not for long. */
  forgetFirstPage(): void {
    this.#firstPage = null;
  }

  /**
   * What the ring holds in (from, to], for one person. `cut` when that person was removed on the way: then it ends just
   * below the removal (R9).
   */
  since(from: number, to: number, seat: Seat): Slice {
    const entries = this.#ring.filter((entry) => entry.version > from);
    // The ring may still hold a removal of before somebody was taken in again, and proved it at the door.
    const removal = entries.find((entry) => entry.leaver === seat.occupant.userId && entry.version > seat.provedAt);
    if (!removal) return { rest: this.#encode(from, to, entries), cut: false };
    const below = entries.filter((entry) => entry.version < removal.version);
    return { rest: this.#encode(from, Math.max(from, removal.version - 1), below), cut: true };
  }

  /** Everything of a frame but its start, which is a seat's own. */
  #encode(from: number, to: number, entries: Entry[]): string {
    const changes = entries.map((entry) => entry.json).join(",");
    return frameRest(cursorOf(this.#epoch(), to), `{"from":${from},"to":${to},"changes":[${changes}]}`);
  }

  /**
   * Takes what was read after `head` and writes it to every seat, encoded once. Answers what of it was news, the number of
   * frames written, and their bytes without each seat's own start.
   */
  publish(found: Change[], to: number): { changes: Change[]; frames: number; bytes: number } {
    if (this.head === null || to <= this.head) return { changes: [], frames: 0, bytes: 0 };
    const from = this.head;
    const changes = found.filter((change) => change.version > from);
    const entries = changes.map(encodeEntry);
    this.#ring.push(...entries);
    // Nobody who comes after a deletion is shown what was deleted.
    if (changes.some((change) => change.type === "message" && change.message.deletedAt)) this.forgetFirstPage();
    this.head = to;
    this.#own.forgetUpTo(to);
    const rest = Buffer.from(this.#encode(from, to, entries));
    const leavers = new Set(entries.flatMap((entry) => entry.leaver ?? []));
    let frames = 0;
    for (const seat of this.#seated) {
      if (leavers.has(seat.occupant.userId)) {
        this.#showOut(seat, from);
        continue;
      }
      // Whoever has just been seated may have had some of it from the pages, which were ahead of what this node had heard.
      const isAhead = seat.caughtUpTo > from;
      const own = isAhead ? Buffer.from(this.since(seat.caughtUpTo, to, seat).rest) : rest;
      if (seat.write(own, isAhead ? seat.caughtUpTo : from, to)) frames++;
    }
    this.#trim();
    return { changes, frames, bytes: frames * rest.length };
  }

  /** The socket of somebody who sits here and reads: anybody's, because the first to come would answer for all. */
  anySocket(): WebSocket | null {
    let before = Math.floor(Math.random() * this.#seated.size);
    for (const { readingSocket } of this.#seated) if (before-- <= 0 && readingSocket) return readingSocket;
    return null;
  }

  /** Gives somebody who was removed what lies below the removal, and the reason. */
  #showOut(seat: Seat, from: number): void {
    const { rest, cut } = this.since(from, this.head ?? from, seat);
    seat.write(Buffer.from(rest), from, this.head ?? from);
    if (cut) seat.end(removed());
  }

  #trim(): void {
    let keep = this.#ring.length - RING_SIZE;
    if (keep <= 0) return;
    // A seat that is still reading pages needs everything above its pin: a slow page must not lose what it waits for.
    for (const seat of this.#waiting) {
      if (seat.pinned === null || seat.pinned < this.#floor) continue;
      if (this.#ring.length > HELD_BACK_MAX && !seat.isReady) continue;
      const needed = this.#ring.findIndex((entry) => entry.version > (seat.pinned ?? 0));
      keep = Math.min(keep, needed === -1 ? this.#ring.length : needed);
    }
    if (keep <= 0) return;
    this.#floor = this.#ring[keep - 1]?.version ?? this.#floor;
    this.#ring = this.#ring.slice(keep);
  }
}

function encodeEntry(change: Change): Entry {
  const leaver = change.type === "member" && change.member.leftAt !== null ? change.member.person.id : null;
  return { version: change.version, json: JSON.stringify(change), leaver };
}
