import type pg from "pg";
import { parseCursor } from "#shared/feed.ts";
import type { MessagePage } from "#shared/messages.ts";
import { log } from "../log.ts";
import { ROOMS_PER_READ, type RoomChanges, readChangesAsSystem, readHeadsAsSystem } from "./changes.ts";
import type { DeliveryTimes } from "./delivery-times.ts";
import type { Metrics } from "./metrics.ts";
import { RoomChannel } from "./room-channel.ts";
import { type Occupant, Seat } from "./seat.ts";
import type { Offer } from "./send-queue.ts";
import type { Sockets } from "./sockets.ts";

/** A client further behind than this starts over: fifty fresh rows are cheaper for both than thousands of old ones. */
export const RESET_AFTER = 2_000;

/** After a read that failed. LISTEN's own backoff is the slower of the two, so this is only a pause. */
const READ_RETRY_MS = 500;

/** A channel that nobody watches is kept this long: a reconnect storm then finds its ring. */
const LINGER_MS = 60_000;

/**
 * What this node's sockets watch. Hears room numbers, reads what changed in all dirty rooms at once, and has each channel
 * write it out. While one read is under way further hints wait, and go into the next one: under load the batches grow by
 * themselves, and an idle node delays nobody.
 */
export class Hub {
  epoch = "";
  readonly #db: pg.Pool;
  readonly #sockets: Sockets;
  readonly #metrics: Metrics;
  readonly #times: DeliveryTimes;
  readonly #channels = new Map<string, RoomChannel>();
  readonly #idleSince = new Map<string, number>();
  readonly #dirty = new Set<RoomChannel>();
  #reading: Promise<void> | null = null;
  /** The one step of `#reading` that is under way. */
  #turn: Promise<void> = Promise.resolve();
  #term: number | null = null;
  #terms = 0;
  #isStopped = false;
  #retry: NodeJS.Timeout | null = null;

  constructor(db: pg.Pool, sockets: Sockets, metrics: Metrics, times: DeliveryTimes) {
    this.#db = db;
    this.#sockets = sockets;
    this.#metrics = metrics;
    this.#times = times;
  }

  get seats(): number {
    let seats = 0;
    for (const channel of this.#channels.values()) seats += channel.seats;
    return seats;
  }

  get rooms(): number {
    return this.#channels.size;
  }

  /** Rooms that wait to be read. */
  get dirty(): number {
    return this.#dirty.size;
  }

  /** A place at a room's feed, not yet proved, not yet live. Call it before the first await. */
  seat(roomId: string, occupant: Occupant, signal: AbortSignal | undefined): Seat {
    let channel = this.#channels.get(roomId);
    if (!channel) {
      // Ids that nobody proves, a stranger's guesses, leave nothing behind.
      const unproved = new RoomChannel(roomId, {
        epoch: () => this.epoch,
        // Only itself: after a change of epoch another channel may have its place.
        onUnproved: () => this.#channels.get(roomId) === unproved && this.#channels.delete(roomId),
      });
      channel = unproved;
      this.#channels.set(roomId, channel);
    }
    const seat = new Seat(channel, occupant, signal);
    if (!signal?.aborted) channel.wait(seat);
    return seat;
  }

  /** The room is there, at this version: from now on the channel reads what it hears. */
  start(roomId: string, version: number): void {
    const channel = this.#channels.get(roomId);
    channel?.start(version);
    if (channel?.isDirty) this.#mark(channel);
  }

  /** Where a client's cursor stands, or null when it has to start over: another epoch, ahead of us, or too far behind. */
  positionOf(cursor: string | null | undefined, roomVersion: number): number | null {
    if (!cursor) return null;
    const { epoch, version } = parseCursor(cursor);
    if (epoch !== this.epoch || version > roomVersion || roomVersion - version > RESET_AFTER) return null;
    return version;
  }

  /** Takes in what somebody had to read from the table: whoever comes back from no further is served from memory. */
  reachBack(read: RoomChanges): void {
    this.#channels.get(read.roomId)?.reachBack(read);
  }

  /** The newest page, for somebody who begins. `read` asks for what any member may see: who may, is proved after it. */
  firstPage(roomId: string, read: () => Promise<MessagePage>): Promise<MessagePage> {
    return this.#channels.get(roomId)?.firstPage(read) ?? read();
  }

  /** The doorbell: rows of this room took numbers up to `to`. */
  hear(roomId: string, to: number): void {
    const channel = this.#channels.get(roomId);
    if (!channel) return;
    channel.rung = Math.max(channel.rung, to);
    this.#heed(channel, to);
  }

  #heed(channel: RoomChannel, to: number): void {
    channel.heard = Math.max(channel.heard, to);
    channel.timesHeard++;
    if (channel.isDirty) this.#mark(channel);
  }

  /** Which of the times without a break is the present one, in which every bell is heard; null while LISTEN is away. */
  get term(): number | null {
    return this.#term;
  }

  /** Tells whether every bell is heard from now on. What was offered before is forgotten. */
  listen(isLive: boolean): void {
    this.#term = isLive ? ++this.#terms : null;
    for (const channel of this.#channels.values()) channel.forgetOffers();
  }

  /**
   * What this node has just committed itself: written out when the doorbell confirms the numbers, without a read. Had LISTEN
   * been away since Postgres was asked, a number might mean another row (a failover that lost the tail), or an earlier bell
   * have been missed: then the table is read, as for everybody else's.
   */
  offer({ messages, revoked, term }: Offer): void {
    this.#sockets.revoke(revoked);
    if (term === null || term !== this.#term) return;
    for (const message of messages)
      this.#channels.get(message.roomId)?.offer({ type: "message", version: message.version, message });
  }

  #mark(channel: RoomChannel): void {
    if (this.#isStopped) return;
    this.#dirty.add(channel);
    this.#reading ??= this.#drain();
  }

  /** Settles when everything that was heard has been written out, or a read has failed. */
  async settled(): Promise<void> {
    await this.#reading;
  }

  async #drain(): Promise<void> {
    try {
      // One turn of the loop: hints that came in one packet are one read.
      this.#turn = new Promise((resolve) => setImmediate(resolve));
      await this.#turn;
      while (this.#dirty.size > 0 && !this.#isStopped) {
        this.#turn = this.#readOnce();
        await this.#turn;
      }
    } catch (error) {
      if (this.#isStopped) return;
      log().warn({ error: String(error), rooms: this.#dirty.size }, "hub.read_failed");
      this.#retry ??= setTimeout(() => {
        this.#retry = null;
        if (this.#dirty.size > 0) this.#reading ??= this.#drain();
      }, READ_RETRY_MS);
    } finally {
      this.#reading = null;
    }
  }

  async #readOnce(): Promise<void> {
    for (const channel of this.#dirty) this.#publishOwn(channel);
    if (this.#dirty.size === 0) return;
    const channels = [...this.#dirty].slice(0, ROOMS_PER_READ);
    const wanted = channels.map((channel) => ({ roomId: channel.roomId, cursor: channel.head ?? 0 }));
    const heardBefore = new Map(channels.map((channel) => [channel, channel.timesHeard]));
    const read = await readChangesAsSystem(this.#db, wanted);
    this.#metrics.reads.inc();
    // Before anything is written: what this snapshot holds may have been committed after these sessions ended.
    this.#sockets.revoke(read.revoked);
    for (const channel of channels) {
      this.#dirty.delete(channel);
      const changes = read.rooms.get(channel.roomId);
      if (!changes) continue;
      this.#publish(channel, changes);
      // What was heard before the read began is in its snapshot. A number that is not there was never taken (history that
      // went back, a bell rung by hand): to believe it would be to read for ever.
      if (!changes.isFull && channel.timesHeard === heardBefore.get(channel)) channel.believe(changes.to);
      if (changes.isFull || channel.isDirty) this.#dirty.add(channel);
    }
  }

  /** What this node has committed itself and the doorbell has named: the room is clean without a read. */
  #publishOwn(channel: RoomChannel): void {
    const changes = channel.confirmed();
    if (!changes) return;
    this.#dirty.delete(channel);
    this.#publish(channel, { changes, to: channel.heard });
    this.#metrics.ownChanges.inc(changes.length);
  }

  #publish(channel: RoomChannel, read: Pick<RoomChanges, "changes" | "to">): void {
    // A read may come back with what was published meanwhile.
    const { changes, frames, bytes } = channel.publish(read.changes, read.to);
    this.#metrics.deliveries.inc(frames);
    this.#metrics.deliveryBytes.inc(bytes);
    this.#metrics.changes.inc(changes.length);
    this.#times.wrote(changes, () => channel.anySocket());
  }

  /**
   * Compares every watched room with the table and reads what was missed: after LISTEN was away, while it is, and now
   * and then in any case. Answers false when the epoch has changed: then no cursor of before means anything.
   */
  async sweep(): Promise<boolean> {
    this.#dropIdle();
    const { epoch, heads } = await readHeadsAsSystem(this.#db, [...this.#channels.keys()]);
    const isSame = this.epoch === "" || this.epoch === epoch;
    this.epoch = epoch;
    if (!isSame) return false;
    for (const [roomId, version] of heads) {
      const channel = this.#channels.get(roomId);
      if (channel) this.#heed(channel, version);
    }
    await this.#reached(heads);
    return true;
  }

  /** Settles when these rooms were read up to these numbers, or a read has failed. Not "when all is quiet": under load it never is. */
  async #reached(heads: Map<string, number>): Promise<void> {
    const isBelow = ([roomId, version]: [string, number]) => (this.#channels.get(roomId)?.head ?? version) < version;
    while (this.#reading && [...heads].some(isBelow)) await this.#turn.catch(() => {});
  }

  /** Settles once the epoch is known: before that nobody can be told where they stand. Throws when Postgres does not answer. */
  async ready(): Promise<void> {
    if (this.epoch === "") await this.sweep();
  }

  /** Forgets what was heard and kept: after a change of epoch. Feeds that are open end with their sockets. */
  forget(): void {
    this.#channels.clear();
    this.#dirty.clear();
    // What is being committed meanwhile has numbers of before.
    if (this.#term !== null) this.#term = ++this.#terms;
  }

  #dropIdle(nowMs = Date.now()): void {
    for (const [roomId, channel] of this.#channels) {
      channel.forgetFirstPage();
      if (channel.isWatched) {
        this.#idleSince.delete(roomId);
        continue;
      }
      const since = this.#idleSince.get(roomId) ?? nowMs;
      this.#idleSince.set(roomId, since);
      if (nowMs - since < LINGER_MS && channel.head !== null) continue;
      this.#channels.delete(roomId);
      this.#idleSince.delete(roomId);
      this.#dirty.delete(channel);
    }
  }

  /** Settles when the last read is over: after that the pool may close. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#retry) clearTimeout(this.#retry);
    await this.#reading;
  }
}
