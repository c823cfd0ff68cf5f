import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Batch, cursorOf } from "#shared/feed.ts";
import type { Message, MessagePage, ThreadPage } from "#shared/messages.ts";
import type { Room } from "#shared/rooms.ts";
import { applyBatch, fromSnapshot, GAP, type RoomState } from "./room-state.ts";
import {
  applyThread,
  changeThread,
  endVisit,
  shownMessages,
  shownWindow,
  threadMessages,
  visitNewer,
  visitOlder,
  visitPage,
} from "./room-windows.ts";

const EPOCH = "0123456789ab";
const room = { id: "lobby", isLobby: true, version: 1 } as Room;
const ben = { id: "ben", username: "ben", name: "Ben Okafor" };

function said(seq: number, threadRoot: string | null = null, version = seq): Message {
  const nothing = { editedAt: null, deletedAt: null, replyTo: null, pinned: null, reactions: [], thread: null };
  const shared = { roomId: "lobby", clientId: `c${seq}`, kind: "text" as const, body: `${seq}`, author: ben };
  return { id: `m${seq}`, seq, version, threadRoot, createdAt: "2026-11-20T10:00:00.000Z", ...shared, ...nothing };
}

/** A room as a server holds it: its timeline, and pages of it. */
class Server {
  readonly rows: Message[];
  constructor(rows: Message[]) {
    this.rows = rows;
  }
  get version() {
    return this.rows.at(-1)?.version ?? 0;
  }
  private page(messages: Message[]): MessagePage {
    const timeline = this.timeline();
    const [first, last] = [messages[0]?.seq ?? 0, messages.at(-1)?.seq ?? Number.POSITIVE_INFINITY];
    const hasOlder = timeline.some(({ seq }) => seq < first);
    const hasNewer = timeline.some(({ seq }) => seq > last);
    return { messages, quoted: [], hasOlder, hasNewer, cursor: cursorOf(EPOCH, this.version) };
  }
  timeline() {
    return this.rows.filter((row) => row.threadRoot === null);
  }
  before(seq: number, limit: number) {
    return this.page(
      this.timeline()
        .filter((row) => row.seq < seq)
        .slice(-limit),
    );
  }
  after(seq: number, limit: number) {
    return this.page(
      this.timeline()
        .filter((row) => row.seq > seq)
        .slice(0, limit),
    );
  }
  thread(rootId: string, before: number, limit: number, lastReadSeq = 0): ThreadPage {
    const all = this.rows.filter((row) => row.threadRoot === rootId && row.seq < before);
    const root = this.rows.find((row) => row.id === rootId) as Message;
    const page = { messages: all.slice(-limit), quoted: [], hasOlder: all.length > limit, hasNewer: false };
    return { ...page, cursor: cursorOf(EPOCH, this.version), root, isFollowing: true, lastReadSeq };
  }
}

const upTo = (end: number) => new Server(Array.from({ length: end }, (_, index) => said(index + 1)));
const opened = (server: Server, limit: number) =>
  fromSnapshot({ room, page: server.before(Number.POSITIVE_INFINITY, limit) });
const seqs = (messages: Message[]) => messages.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

function hear(state: RoomState, ...messages: Message[]): RoomState {
  const to = Math.max(...messages.map(({ version }) => version));
  const batch: Batch = {
    from: 0,
    to,
    changes: messages.map((message) => ({ type: "message", version: message.version, message })),
  };
  const next = applyBatch(state, batch, cursorOf(EPOCH, to));
  if (next === GAP) throw new Error("A gap where none was expected");
  return next;
}

function resetTo(to: number): Batch {
  const changes = [{ type: "message" as const, version: to, message: said(to) }];
  return { from: 0, to, reset: { hasOlder: true }, changes };
}

describe("a visit to what ana's device has not loaded", () => {
  test("shows the page around, and the newest end again when it is over", () => {
    const server = upTo(100);
    const visiting = visitPage(opened(server, 10), server.after(40, 10));
    expect(seqs(shownMessages(visiting))).toEqual(range(41, 50));
    expect(seqs(shownMessages(endVisit(visiting)))).toEqual(range(91, 100));
  });

  test("loads both ways, and becomes one with the newest end where they meet", () => {
    const server = upTo(30);
    let state = visitPage(opened(server, 10), server.after(12, 4));
    state = visitOlder(state, server.before(13, 5), 13);
    expect(seqs(shownMessages(state))).toEqual(range(8, 16));
    state = visitNewer(state, server.after(16, 10), 16);
    expect(state.visit).toBe(null);
    expect(seqs(shownMessages(state))).toEqual(range(8, 30));
    expect(state).toMatchObject({ floor: 8, hasOlder: true });
  });

  test("that begins within what is loaded is none", () => {
    const server = upTo(30);
    const state = visitPage(opened(server, 10), server.after(22, 5));
    expect(state.visit).toBe(null);
    expect(seqs(shownMessages(state))).toEqual(range(21, 30));
  });

  test("does not show what arrives at the newest end, nor change under it", () => {
    const server = upTo(30);
    const state = hear(visitPage(opened(server, 10), server.after(5, 5)), said(31), said(2, null, 32));
    expect(seqs(shownMessages(state))).toEqual(range(6, 10));
    expect(seqs(shownMessages(endVisit(state)))).toEqual(range(21, 31));
  });

  test("after a place begins right after it, so that nothing between can be missing", () => {
    const server = new Server([said(1), said(5), said(20), said(30)]);
    const state = visitPage(opened(server, 1), server.after(1, 1), 1);
    expect(shownWindow(state)).toMatchObject({ floor: 2, ceiling: 5, hasNewer: true });
  });

  test("takes no page that was asked for from another place", () => {
    const server = upTo(30);
    const state = visitPage(opened(server, 10), server.after(5, 5));
    expect(visitOlder(state, server.before(9, 3), 9)).toBe(state);
    expect(visitNewer(state, server.after(9, 3), 9)).toBe(state);
  });

  test("is over at a reset", () => {
    const server = upTo(30);
    const visiting = visitPage(opened(server, 10), server.after(5, 5));
    const after = applyBatch(visiting, resetTo(40), cursorOf(EPOCH, 40)) as RoomState;
    expect(seqs(shownMessages(after))).toEqual([40]);
    expect(after.threads.size).toBe(0);
  });

  test("takes no page that was read before a reset: what was said between the two is in neither", () => {
    const old = upTo(30);
    const [around, thread] = [old.after(24, 10), old.thread("m20", Number.POSITIVE_INFINITY, 10)];
    const after = applyBatch(opened(old, 10), resetTo(40), cursorOf(EPOCH, 40)) as RoomState;
    expect(visitPage(after, around)).toBe(after);
    expect(applyThread(after, thread)).toBe(after);
    expect(visitPage(after, upTo(40).after(20, 10)).visit).toMatchObject({ floor: 21, ceiling: 30 });
  });

  test("whatever she does, what is shown has no hole", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("visit" as const), at: fc.nat(120) }),
      fc.record({ kind: fc.constantFrom("older" as const, "newer" as const, "end" as const, "news" as const) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.array(step, { maxLength: 25 }), (length, steps) => {
        const server = upTo(length);
        let state = opened(server, 7);
        for (const each of steps) {
          const window = shownWindow(state);
          if (each.kind === "visit") state = visitPage(state, server.after(each.at % length, 7));
          else if (each.kind === "end") state = endVisit(state);
          else if (each.kind === "news") {
            const next = said(server.version + 1);
            server.rows.push(next);
            state = hear(state, next);
          } else if (state.visit && each.kind === "older" && window.hasOlder)
            state = visitOlder(state, server.before(window.floor, 7), window.floor);
          else if (state.visit && window.hasNewer)
            state = visitNewer(state, server.after(window.ceiling, 7), window.ceiling);
          const shown = seqs(shownMessages(state));
          expect(shown).toEqual(range(shown[0] ?? 1, shown.at(-1) ?? 0));
          if (!state.visit) expect(shown.at(-1)).toBe(server.version);
          expect(shownWindow(state).hasOlder, "what it says of more above").toBe((shown[0] ?? 1) > 1);
        }
      }),
    );
  });
});

describe("a thread that ana has open", () => {
  const server = new Server([said(1), said(2), said(3, "m1"), said(4, "m1"), said(5), said(6, "m1"), said(7, "m2")]);

  test("has its replies, and the timeline has none of them", () => {
    const state = applyThread(opened(server, 10), server.thread("m1", Number.POSITIVE_INFINITY, 10));
    expect(seqs(threadMessages(state, "m1"))).toEqual([3, 4, 6]);
    expect(seqs(shownMessages(state))).toEqual([1, 2, 5]);
  });

  test("hears of the next reply by the room's own feed", () => {
    const state = applyThread(opened(server, 10), server.thread("m1", Number.POSITIVE_INFINITY, 10));
    const after = hear(state, said(8, "m1"), said(9, "m2"), said(4, "m1", 10));
    expect(seqs(threadMessages(after, "m1"))).toEqual([3, 4, 6, 8]);
    expect(after.messages.get("m4")?.version).toBe(10);
  });

  test("is paged upward; a page from another place is left aside", () => {
    const page = (before: number) => server.thread("m1", before, 1);
    const newest = applyThread(opened(server, 10), page(Number.POSITIVE_INFINITY));
    expect(seqs(threadMessages(newest, "m1"))).toEqual([6]);
    const older = applyThread(newest, page(6), 6);
    expect(seqs(threadMessages(older, "m1"))).toEqual([4, 6]);
    expect(applyThread(older, page(6), 6)).toBe(older);
    const all = applyThread(older, page(4), 4);
    expect(all.threads.get("m1")).toMatchObject({ floor: 0, hasOlder: false });
  });

  test("keeps what is hers alone: following, and how far she has read", () => {
    const state = applyThread(opened(server, 10), server.thread("m1", Number.POSITIVE_INFINITY, 10, 4));
    expect(changeThread(state, "m1", { isFollowing: false }).threads.get("m1")).toMatchObject({
      isFollowing: false,
      lastReadSeq: 4,
    });
    expect(changeThread(state, "m2", { isFollowing: false })).toBe(state);
  });
});
