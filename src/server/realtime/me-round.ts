import type pg from "pg";
import type { Presence, Profile } from "#shared/people.ts";
import type { MeEvent } from "#shared/rooms.ts";
import type { Audience } from "./audience.ts";
import { revokedAsSystem } from "./changes.ts";
import type { MeNews } from "./me-news.ts";
import {
  type About,
  aboutAsSystem,
  countsAsSystem,
  type Pair,
  peopleOfAsSystem,
  roomsOfAsSystem,
  savedOfAsSystem,
  settingsAsSystem,
  threadsAsSystem,
  threadsOfAsSystem,
  touchedThreadsAsSystem,
} from "./me-reads.ts";
import type { Sockets } from "./sockets.ts";

/** People whose everything is read in one statement: up to some ten thousand rows. */
const PEOPLE_PER_READ = 20;
const PAIRS_PER_READ = 1_000;

/** Reads what is stale, for everybody here together, and puts it into their inboxes. */
export class MeRound {
  /** Events that went into an inbox. */
  pushed = 0;
  /** People who moved and have to wait: whom a thousand people know is read for twenty at a time, so that counts do not wait for all of it. */
  later: string[] = [];
  readonly #db: pg.Pool;
  readonly #audience: Audience;
  readonly #sockets: Pick<Sockets, "revoke">;
  readonly #news: MeNews;
  /** What was read, and is told once it is known whose session ended before. */
  readonly #outgoing: { userId: string; event: MeEvent; isNews: boolean }[] = [];
  /** People who are read because a feed of theirs begins: their other feeds know it all. */
  readonly #beginning = new Set<string>();

  constructor(db: pg.Pool, audience: Audience, sockets: Pick<Sockets, "revoke">, news: MeNews) {
    this.#db = db;
    this.#audience = audience;
    this.#sockets = sockets;
    this.#news = news;
  }

  /** Sessions last: nothing that was committed after one of them ended goes to it (R9). */
  async read(): Promise<void> {
    try {
      await this.#readAll();
      this.#sockets.revoke(await revokedAsSystem(this.#db));
    } catch (error) {
      // The audience holds these counts as told.
      for (const { userId, event } of this.#outgoing) if (event.type === "threads") this.#news.personal.add(userId);
      throw error;
    }
    for (const { userId, event, isNews } of this.#outgoing) this.pushed += this.#audience.push(userId, event, isNews);
  }

  /** Lists first: whom everything else concerns is judged by them. */
  async #readAll(): Promise<void> {
    const news = this.#news;
    await this.#readLists(news);
    await this.#readSettings(news);
    await this.#readCounts(news);
    const [moved = [], ...later] = this.#portions(news.moved);
    this.later = later.flat();
    await this.#readPeople(moved);
    await this.#readAbout(news);
    await this.#readPersonal(new Set([...moved, ...news.personal]));
    await this.#readThreads(news);
  }

  #push(userId: string, event: MeEvent, isNews = true): void {
    this.#outgoing.push({ userId, event, isNews });
  }

  /** Those who listen here, in portions. */
  *#portions(userIds: Iterable<string>): Iterable<string[]> {
    yield* portions(
      [...userIds].filter((userId) => this.#audience.has(userId)),
      PEOPLE_PER_READ,
    );
  }

  /** Notes the people whose rooms are others than before. */
  async #readLists({ everything, lists, moved }: MeNews): Promise<void> {
    for (const userId of everything) moved.add(userId);
    for (const userIds of this.#portions(new Set([...everything, ...lists]))) {
      for (const [userId, rooms] of await roomsOfAsSystem(this.#db, userIds)) {
        const isMoved = this.#audience.setRooms(
          userId,
          rooms.map((room) => room.id),
        );
        if (isMoved) moved.add(userId);
        if (everything.has(userId) && !lists.has(userId) && !isMoved) this.#beginning.add(userId);
        this.#push(userId, { type: "rooms", rooms }, !this.#beginning.has(userId));
      }
    }
  }

  /** Everybody here who has one of these rooms in their list. */
  #pairsIn(roomIds: Iterable<string>): Pair[] {
    return [...roomIds].flatMap((roomId) => [...this.#audience.inRoom(roomId)].map((userId) => ({ roomId, userId })));
  }

  async #readSettings({ settings }: MeNews): Promise<void> {
    for (const pairs of portions(this.#pairsIn(settings), PAIRS_PER_READ)) {
      for (const { room, userIds } of await settingsAsSystem(this.#db, pairs))
        for (const userId of userIds) this.#push(userId, { type: "room", room });
    }
  }

  async #readCounts({ changed, marks, everything, lists }: MeNews): Promise<void> {
    const inChanged = this.#pairsIn(changed.keys());
    const marked = [...marks.values()].filter(
      ({ roomId, userId }) => !changed.has(roomId) && this.#audience.inRoom(roomId).has(userId),
    );
    // Whose list was just read for all their feeds has their counts with it.
    const pairs = [...inChanged, ...marked].filter(
      ({ userId }) => this.#beginning.has(userId) || !(everything.has(userId) || lists.has(userId)),
    );
    for (const portion of portions(pairs, PAIRS_PER_READ))
      for (const [userId, counts] of await countsAsSystem(this.#db, portion))
        this.#push(userId, { type: "counts", counts });
  }

  async #readPeople(userIds: string[]): Promise<void> {
    if (userIds.length === 0) return;
    for (const [userId, known] of await peopleOfAsSystem(this.#db, userIds)) {
      const isNews = !this.#beginning.has(userId);
      this.#push(userId, { type: "people", isAll: true, people: known.map(({ profile }) => profile) }, isNews);
      const present = known.map(({ presence }) => presence).filter(({ state }) => state !== "offline");
      this.#push(userId, { type: "presence", isAll: true, presence: present }, isNews);
    }
  }

  /** News of people, to those here who share a room with them. */
  async #readAbout({ profiles, presence, lists }: MeNews): Promise<void> {
    if (this.#audience.inboxes === 0) return;
    for (const userIds of portions([...new Set([...profiles, ...presence, ...lists])], PEOPLE_PER_READ)) {
      for (const about of await aboutAsSystem(this.#db, userIds)) {
        const { userId } = about.presence;
        const sharing = this.#inAnyOf(about.roomIds).add(userId);
        if (profiles.has(userId)) this.#pushPerson(sharing, about.profile);
        if (presence.has(userId)) this.#pushPresence(sharing, about.presence);
        if (lists.has(userId)) this.#tellOfMove(about, sharing);
      }
    }
  }

  /** To the rooms that somebody came into a moment ago, who they are; to those that they left, nothing more. */
  #tellOfMove({ profile, presence, joinedRoomIds, leftRoomIds }: About, sharing: Set<string>): void {
    const met = this.#inAnyOf(joinedRoomIds);
    this.#pushPerson(met, profile);
    this.#pushPresence(met, presence);
    const parted = [...this.#inAnyOf(leftRoomIds)].filter((userId) => !sharing.has(userId));
    this.#pushPresence(parted, { userId: profile.id, state: "offline", lastSeenAt: null });
  }

  #inAnyOf(roomIds: string[]): Set<string> {
    return new Set(roomIds.flatMap((roomId) => [...this.#audience.inRoom(roomId)]));
  }

  #pushPerson(to: Iterable<string>, person: Profile): void {
    for (const userId of to) this.#push(userId, { type: "people", isAll: false, people: [person] });
  }

  #pushPresence(to: Iterable<string>, presence: Presence): void {
    for (const userId of to) this.#push(userId, { type: "presence", isAll: false, presence: [presence] });
  }

  async #readPersonal(userIds: Set<string>): Promise<void> {
    for (const portion of this.#portions(userIds)) {
      for (const [userId, threads] of await threadsOfAsSystem(this.#db, portion)) {
        const unread = this.#audience.setThreads(userId, threads, true);
        if (unread) this.#push(userId, { type: "threads", threads: unread });
      }
      for (const [userId, messageIds] of await savedOfAsSystem(this.#db, portion))
        this.#push(
          userId,
          { type: "saved", messageIds },
          !this.#beginning.has(userId) || this.#news.personal.has(userId),
        );
    }
  }

  /** Counts the threads to which something happened, for the followers who are here. */
  async #readThreads({ changed }: MeNews): Promise<void> {
    const ranges = [...changed]
      .filter(([roomId]) => this.#audience.inRoom(roomId).size > 0)
      .map(([roomId, range]) => ({ roomId, ...range }));
    if (ranges.length === 0) return;
    const asked = (await touchedThreadsAsSystem(this.#db, ranges)).flatMap(({ roomId, rootId }) =>
      [...this.#audience.inRoom(roomId)].map((userId) => ({ userId, rootId })),
    );
    for (const portion of portions(asked, PAIRS_PER_READ)) {
      for (const [userId, counted] of await threadsAsSystem(this.#db, portion)) {
        const unread = this.#audience.setThreads(userId, counted, false);
        if (unread) this.#push(userId, { type: "threads", threads: unread });
      }
    }
  }
}

function* portions<T>(all: T[], size: number): Iterable<T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
