import { parseCursor } from "#shared/feed.ts";
import { PAGE_SIZE } from "#shared/limits.ts";
import type { Message } from "#shared/messages.ts";
import type { OutboxEntry, OutboxPlace } from "#ui/messages/outbox-entry.ts";
import { type RoomState, visibleMessages } from "#ui/rooms/room-state.ts";
import { threadMessages } from "#ui/rooms/room-windows.ts";
import type { Counts, DeviceEnd, Line, RoomEnd } from "./evidence.ts";
import type { Journal } from "./journal.ts";
import { Tab } from "./tab.ts";

export type Person = { id: string; username: string };
export type SignedIn = { sessionId: string; cookie: string };

export type DeviceOptions = {
  name: string;
  person: Person;
  people: Person[];
  allRooms: string[];
  port: number;
  journal: Journal;
  signIn(): Promise<SignedIn>;
  mintsAnew?: boolean | undefined;
};

/** A phone or a laptop: what it keeps outlives its tabs, and when it is signed out its owner signs in again. */
export class Device {
  readonly name: string;
  readonly person: Person;
  readonly people: Person[];
  readonly allRooms: string[];
  /** What was sent and acknowledged, for whoever wants to send it again. */
  readonly sent: OutboxEntry[] = [];
  session: SignedIn = { sessionId: "", cookie: "" };
  tab!: Tab;
  readonly #opts: DeviceOptions;
  readonly #stored = new Map<string, OutboxEntry>();
  #words = 0;
  #isOff = false;

  private constructor(opts: DeviceOptions) {
    this.#opts = opts;
    this.name = opts.name;
    this.person = opts.person;
    this.people = opts.people;
    this.allRooms = opts.allRooms;
  }

  static async open(opts: DeviceOptions): Promise<Device> {
    const device = new Device(opts);
    device.session = await opts.signIn();
    device.#load();
    return device;
  }

  #load(): void {
    const { name, port, journal, mintsAnew } = this.#opts;
    this.tab = new Tab({
      device: name,
      viewerId: this.person.id,
      ...this.session,
      port,
      stored: this.#stored,
      journal,
      mintsAnew,
      onSent: (entry) => this.sent.push(entry),
      onSignedOut: () => void this.#signInAgain(),
    });
  }

  async #signInAgain(): Promise<void> {
    this.session = await this.#opts.signIn();
    if (!this.#isOff) this.#load();
  }

  /** The tab crashes, and is opened again. */
  reload(): void {
    if (this.tab.isClosed) return;
    this.tab.close();
    this.#load();
  }

  off(): void {
    this.#isOff = true;
    this.tab.close();
  }

  /** Words that nobody else says, and nobody twice. */
  words(about: string): string {
    return `${about} (${this.name}, ${++this.#words})`;
  }

  /** Presses Enter. Answers the entry as it waits. */
  write(roomId: string, about: string, place: OutboxPlace): OutboxEntry | undefined {
    const body = this.words(about);
    this.tab.outbox.add(roomId, body, place);
    const entry = this.tab.outbox.getEntries().find((one) => one.body === body);
    if (!entry) return undefined;
    const { clientId, replyTo, threadRoot } = entry;
    this.#opts.journal.note(this.name, { type: "wrote", clientId, roomId, body, replyTo, threadRoot });
    return entry;
  }

  /** What is on its screens, room by room, and what its owner is told. */
  end(agreedAt: number | null, fresh: ReadonlyMap<string, Line[]> = new Map()): DeviceEnd {
    const { rooms, me, outbox } = this.tab;
    const states = rooms.getOpened().flatMap((roomId) => {
      const state = rooms.getState(roomId);
      return state ? [[roomId, roomEnd(state, fresh.get(roomId) ?? null)] as const] : [];
    });
    const counts = [...me.getState().rooms.values()].map(
      ({ id, unread, mentions, lastReadSeq, lastSeq }): [string, Counts] => [
        id,
        { unread, mentions, lastReadSeq, lastSeq },
      ],
    );
    return {
      device: this.name,
      userId: this.person.id,
      rooms: Object.fromEntries(states),
      counts: Object.fromEntries(counts),
      threads: Object.fromEntries(me.getState().threads.map(({ rootId, unread }) => [rootId, unread])),
      outbox: outbox.getEntries().map(({ clientId, roomId, body, state }) => ({ clientId, roomId, body, state })),
      agreedAt,
    };
  }

  /** The newest page of every room that it shows, asked for anew. */
  async fresh(): Promise<Map<string, Line[]>> {
    const pages = new Map<string, Line[]>();
    for (const roomId of this.tab.rooms.getOpened()) {
      const page = await this.tab.api.message.page.query({ roomId, limit: PAGE_SIZE }).catch(() => null);
      if (page) pages.set(roomId, page.messages.map(lineOf));
    }
    return pages;
  }
}

function roomEnd(state: RoomState, fresh: Line[] | null): RoomEnd {
  const { floor, hasOlder, cursor } = state;
  const threads = [...state.threads].map(([root, window]) => ({
    root,
    floor: window.floor,
    lines: threadMessages(state, root).map(lineOf),
  }));
  const stands = cursor === null ? { epoch: "", version: 0 } : parseCursor(cursor);
  return { ...stands, floor, hasOlder, lines: visibleMessages(state).map(lineOf), threads, fresh };
}

function lineOf(message: Message): Line {
  const { id, seq, version, author, body, editedAt, deletedAt, pinned, replyTo, threadRoot, reactions, thread } =
    message;
  return {
    id,
    seq,
    version,
    authorId: author.id,
    body,
    isEdited: editedAt !== null,
    isDeleted: deletedAt !== null,
    isPinned: pinned !== null,
    replyTo,
    threadRoot,
    reactions: reactions.flatMap(({ emoji, userIds }) => userIds.map((userId) => `${emoji} ${userId}`)).sort(),
    replies: thread?.count ?? 0,
  };
}
