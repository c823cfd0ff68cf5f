import { type Batch, type Change, cursorOf } from "#shared/feed.ts";
import type { Message, MessagePage } from "#shared/messages.ts";
import type { Member, Room } from "#shared/rooms.ts";

export const ACTS = [
  ...["say", "say", "quote", "reply", "edit", "delete", "react", "pin"],
  ...["join", "leave", "role", "title"],
] as const;

const PEOPLE = ["ana", "ben", "cleo"].map((name) => ({ id: name, username: name, name }));
const personOf = (n: number) => PEOPLE[n % PEOPLE.length] as (typeof PEOPLE)[number];
const DATE = "2026-11-20T10:00:00.000Z";

/**
 * A room as the server keeps it, by R1 and R2 alone and with nothing of the server's code: every change takes the next
 * number, a row carries the number of its last change, and a read sees the rows as they stood at one number. It remembers
 * every state there was, so that a reader may be as late as it likes.
 */
export class ModelRoom {
  /** `log[n - 1]` is the row that took the number `n`, as it then stood. */
  #log: Change[] = [];
  #epoch = 0;

  constructor() {
    this.#write({ room: { id: "lobby", title: "lobby", topic: "", isLobby: true } as Room });
    for (const n of [0, 1]) this.do("join", n);
  }

  get version(): number {
    return this.#log.length;
  }

  cursor(version: number): string {
    return cursorOf(`${this.#epoch}`.padStart(12, "0"), version);
  }

  /** History goes back: what came after `version` never was, and whatever comes now is something else. */
  restore(version: number): void {
    this.#log = this.#log.slice(0, Math.max(3, version));
    this.#epoch++;
  }

  /** Somebody does something; `n` says who, and to what. What cannot be done is not done. */
  do(act: string, n: number): void {
    const author = personOf(n);
    const timeline = this.timeline();
    const messages = this.messages();
    const root = timeline[n % Math.max(1, timeline.length)];
    const one = messages[n % Math.max(1, messages.length)];
    if (act === "say") this.#say({ body: `said ${n}`, author });
    else if (act === "quote" && one) this.#say({ body: "quoted", author, replyTo: one.id });
    else if (act === "reply" && root) {
      this.#say({ body: `replied ${n}`, author, threadRoot: root.id });
      this.#countReplies(root.id);
    } else if (act === "edit" && one) this.#change(one, { body: `edited ${n}`, editedAt: DATE });
    else if (act === "delete" && one) {
      this.#change(one, { body: "", deletedAt: DATE });
      if (one.threadRoot) this.#countReplies(one.threadRoot);
    } else if (act === "react" && one)
      this.#change(one, { reactions: [{ emoji: "👍", userIds: PEOPLE.slice(0, n % 4).map(({ id }) => id) }] });
    else if (act === "pin" && one) this.#change(one, { pinned: n % 2 ? { at: DATE, by: author.id } : null });
    else if (act === "title") this.#write({ room: { ...this.room(), title: `title ${n}` } });
    else if (["join", "leave", "role"].includes(act)) this.#seat(act, n);
  }

  #say(said: Pick<Message, "body" | "author"> & Partial<Message>): void {
    const seq = this.version + 1;
    const id = `m${seq} of ${this.#epoch}`;
    const none = { editedAt: null, deletedAt: null, replyTo: null, threadRoot: null, pinned: null, thread: null };
    const what = { id, roomId: "lobby", clientId: id, kind: "text" as const, createdAt: DATE, reactions: [] };
    this.#write({ message: { ...what, ...none, seq, version: seq, ...said } });
  }

  #change(message: Message, change: Partial<Message>): void {
    this.#write({ message: { ...message, ...change } });
  }

  /** A root takes a number of its own after each of its replies. */
  #countReplies(rootId: string): void {
    const rows = this.messages();
    const root = rows.find(({ id }) => id === rootId);
    const replies = rows.filter(({ threadRoot, deletedAt }) => threadRoot === rootId && !deletedAt);
    const people = replies.slice(-3).map(({ author }) => author);
    if (root) this.#change(root, { thread: replies.length ? { count: replies.length, lastAt: DATE, people } : null });
  }

  #seat(act: string, n: number): void {
    const person = personOf(n);
    const known = this.members().find((member) => member.person.id === person.id);
    const fresh = { roomId: "lobby", person, role: "member" as const, joinedAt: DATE, leftAt: null };
    if (act === "join" && (!known || known.leftAt)) this.#write({ member: { ...fresh, version: 0 } });
    else if (known && !known.leftAt && act === "leave") this.#write({ member: { ...known, leftAt: DATE } });
    else if (known && !known.leftAt) this.#write({ member: { ...known, role: n % 2 ? "owner" : "moderator" } });
  }

  #write(row: { message: Message } | { member: Member } | { room: Room }): void {
    const version = this.version + 1;
    if ("message" in row) this.#log.push({ type: "message", version, message: { ...row.message, version } });
    else if ("member" in row) this.#log.push({ type: "member", version, member: { ...row.member, version } });
    else this.#log.push({ type: "room", version, room: { ...row.room, version } });
  }

  /** Every row as it stood at `now`, in the order of their last changes. */
  #rows(now = this.version): Change[] {
    const newest = new Map(this.#log.slice(0, now).map((change) => [keyOf(change), change]));
    return [...newest.values()].sort((a, b) => a.version - b.version);
  }

  messages(now?: number): Message[] {
    const rows = this.#rows(now).flatMap((change) => (change.type === "message" ? [change.message] : []));
    return rows.sort((a, b) => a.seq - b.seq);
  }

  timeline(now?: number): Message[] {
    return this.messages(now).filter(({ threadRoot }) => threadRoot === null);
  }

  members(now?: number): Member[] {
    return this.#rows(now).flatMap((change) => (change.type === "member" ? [change.member] : []));
  }

  room(now?: number): Room {
    return this.#rows(now).flatMap((change) => (change.type === "room" ? [change.room] : []))[0] as Room;
  }

  /** Rows whose number lies in (from, to], as a read at `now` sees them: one that has changed since is no longer there. */
  changes(from: number, to: number, now: number): Change[] {
    return this.#rows(now).filter(({ version }) => version > from && version <= to);
  }

  /** One page of catch-up, read at `now`. Full, it ends at its last row. */
  batchAfter(from: number, limit: number, now = this.version): Batch {
    const all = this.changes(from, now, now);
    const changes = all.slice(0, limit);
    return { from, to: all.length >= limit ? (changes.at(-1)?.version ?? from) : Math.max(from, now), changes };
  }

  /** A page of the timeline below `before`, read at `now`. */
  page(limit: number, before = Number.POSITIVE_INFINITY, now = this.version): MessagePage {
    const below = this.timeline(now).filter(({ seq }) => seq < before);
    const messages = below.slice(-limit);
    const all = this.messages(now);
    const quoted = messages.flatMap(({ replyTo }) =>
      all.filter((row) => row.id === replyTo && !messages.includes(row)),
    );
    return { messages, quoted, hasOlder: below.length > limit, hasNewer: before < Infinity, cursor: this.cursor(now) };
  }

  /** What a feed begins with that cannot go on: the newest page, then, after what happens `between`, the settings. */
  reset(limit: number, between: () => unknown): Batch {
    const now = this.version;
    const { messages, hasOlder } = this.page(limit);
    between();
    const room = this.room();
    const rows: Change[] = messages.map((message) => ({ type: "message", version: message.version, message }));
    return { from: 0, to: now, changes: [{ type: "room", version: room.version, room }, ...rows], reset: { hasOlder } };
  }
}

function keyOf(change: Change): string {
  if (change.type === "message") return change.message.id;
  return change.type === "member" ? `member ${change.member.person.id}` : "room";
}
