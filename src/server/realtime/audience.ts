import type { MeEvent, UnreadThread } from "#shared/rooms.ts";
import { Inbox } from "./inbox.ts";

type Listening = { inboxes: Set<Inbox>; roomIds: ReadonlySet<string>; threads: Map<string, UnreadThread> };

/** Who follows what is theirs on this node, and the rooms they have in their list: whom a hint concerns. */
export class Audience {
  readonly #people = new Map<string, Listening>();
  readonly #byRoom = new Map<string, Set<string>>();

  /** Open feeds: a leak in a test. */
  get inboxes(): number {
    let count = 0;
    for (const { inboxes } of this.#people.values()) count += inboxes.size;
    return count;
  }

  get userIds(): string[] {
    return [...this.#people.keys()];
  }

  has(userId: string): boolean {
    return this.#people.has(userId);
  }

  open(userId: string): Inbox {
    const listening = this.#people.get(userId) ?? { inboxes: new Set(), roomIds: new Set(), threads: new Map() };
    this.#people.set(userId, listening);
    const inbox = new Inbox(userId, (closed) => {
      listening.inboxes.delete(closed);
      if (listening.inboxes.size > 0 || this.#people.get(userId) !== listening) return;
      this.setRooms(userId, []);
      this.#people.delete(userId);
    });
    listening.inboxes.add(inbox);
    return inbox;
  }

  *all(): Iterable<Inbox> {
    for (const { inboxes } of this.#people.values()) yield* inboxes;
  }

  inboxesOf(userId: string): Iterable<Inbox> {
    return this.#people.get(userId)?.inboxes ?? [];
  }

  /** What is no news goes only where it was never told. Answers the number of feeds that it went to. */
  push(userId: string, event: MeEvent, isNews: boolean): number {
    const inboxes = [...this.inboxesOf(userId)].filter((inbox) => isNews || !inbox.told.has(event.type));
    for (const inbox of inboxes) inbox.push(event);
    return inboxes.length;
  }

  inRoom(roomId: string): ReadonlySet<string> {
    return this.#byRoom.get(roomId) ?? NOBODY;
  }

  /** Takes over somebody's list. Answers whether it holds other rooms than before. */
  setRooms(userId: string, roomIds: Iterable<string>): boolean {
    const listening = this.#people.get(userId);
    if (!listening) return false;
    const [before, now] = [listening.roomIds, new Set(roomIds)];
    listening.roomIds = now;
    const [gone, come] = [difference(before, now), difference(now, before)];
    for (const roomId of gone) {
      const people = this.#byRoom.get(roomId);
      people?.delete(userId);
      if (people?.size === 0) this.#byRoom.delete(roomId);
    }
    for (const roomId of come) this.#byRoom.set(roomId, (this.#byRoom.get(roomId) ?? new Set()).add(userId));
    return gone.length + come.length > 0;
  }

  /** Takes in what was counted of somebody's threads, all of them or some. Answers those with something unread, or null when nothing changed. */
  setThreads(userId: string, counted: UnreadThread[], isAll: boolean): UnreadThread[] | null {
    const listening = this.#people.get(userId);
    if (!listening) return null;
    if (isAll) listening.threads = new Map();
    let isNews = isAll;
    for (const thread of counted) {
      const known = listening.threads.get(thread.rootId);
      if ((known?.unread ?? 0) === thread.unread && (known?.isCalled ?? false) === thread.isCalled) continue;
      isNews = true;
      if (thread.unread > 0) listening.threads.set(thread.rootId, thread);
      else listening.threads.delete(thread.rootId);
    }
    return isNews ? [...listening.threads.values()] : null;
  }
}

const NOBODY: ReadonlySet<string> = new Set();

function difference(from: ReadonlySet<string>, without: ReadonlySet<string>): string[] {
  return [...from].filter((one) => !without.has(one));
}
