import fc from "fast-check";
import { expect, test } from "vitest";
import { cursorOf } from "#shared/feed.ts";
import type { Message, ThreadPage } from "#shared/messages.ts";
import type { Room } from "#shared/rooms.ts";
import { applyBatch, applyPage, applyRows, fromSnapshot, type RoomState, visibleMessages } from "./room-state.ts";
import { applyThread, threadMessages, visitPage } from "./room-windows.ts";
import { trimRoom } from "./trim-room.ts";

const EPOCH = "0123456789ab";
const room = { id: "lobby", isLobby: true, version: 1 } as Room;
const ben = { id: "ben", username: "ben", name: "Ben Okafor" };

function said(seq: number, more: Partial<Message> = {}): Message {
  const nothing = { editedAt: null, deletedAt: null, replyTo: null, threadRoot: null, pinned: null, thread: null };
  const shared = { roomId: "lobby", clientId: `c${seq}`, kind: "text" as const, body: `${seq}`, author: ben };
  const row = { ...shared, ...nothing, createdAt: "2026-11-20T10:00:00.000Z", reactions: [] };
  return { id: `m${seq}`, seq, version: seq, ...row, ...more };
}
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
const pageOf = (messages: Message[], hasOlder: boolean, version: number) => ({
  messages,
  quoted: [],
  hasOlder,
  hasNewer: false,
  cursor: cursorOf(EPOCH, version),
});
const seqs = (state: RoomState) => visibleMessages(state).map(({ seq }) => seq);
const known = (state: RoomState) => [...state.messages.values()].map(({ seq }) => seq).sort((a, b) => a - b);
const opened = (messages: Message[]) => fromSnapshot({ room, page: pageOf(messages, false, 100) });
const hundred = range(1, 100).map((seq) => said(seq));

test("a room that ana has read keeps its newest messages, and there are older ones to load", () => {
  const state = trimRoom(opened(hundred), 100, 10);
  expect(known(state)).toEqual(range(91, 100));
  expect(state).toMatchObject({ floor: 91, hasOlder: true });
  const older = applyPage(state, pageOf(hundred.slice(80, 90), true, 100));
  expect(seqs(older)).toEqual(range(81, 100));
});

test("a room is left alone until it has grown well beyond that, and while ana is further up", () => {
  const small = opened(hundred.slice(80));
  expect(trimRoom(small, 100, 10)).toBe(small);
  const visiting = { ...opened(hundred), visit: { floor: 3, ceiling: 9, hasOlder: true, hasNewer: true } };
  expect(trimRoom(visiting, 100, 10)).toBe(visiting);
});

test("what ana has not read stays", () => {
  expect(seqs(trimRoom(opened(hundred), 40, 10))).toEqual(range(41, 100));
  const unread = opened(hundred);
  expect(trimRoom(unread, 0, 10)).toBe(unread);
});

test("what a quote, the pins or an open thread show stays, and is in no list where it has no place", () => {
  const rows = [...hundred];
  const pinned = { at: "2026-11-20T10:00:00.000Z", by: "ben" };
  rows[4] = said(5, { pinned });
  rows[94] = said(95, { replyTo: "m7" });
  const replies = [said(21, { threadRoot: "m20" }), said(31, { threadRoot: "m30" })];
  rows.splice(20, 1);
  rows.splice(29, 1);
  const thread: ThreadPage = {
    ...pageOf(replies.slice(0, 1), false, 100),
    root: said(20),
    isFollowing: true,
    lastReadSeq: 0,
  };
  const state = trimRoom(applyThread(applyRows(opened(rows), replies), thread), 100, 10);
  expect(known(state)).toEqual([5, 7, 20, 21, ...range(91, 100)]);
  expect(seqs(state)).toEqual(range(91, 100));
  expect(threadMessages(state, "m20").map(({ seq }) => seq)).toEqual([21]);
});

test("a page that is older than an edit which was let go is not taken: it would bring back the words before it", () => {
  const edited = applyBatch(
    opened(hundred),
    { from: 100, to: 101, changes: [{ type: "message", version: 101, message: said(5, { version: 101, body: "x" }) }] },
    cursorOf(EPOCH, 101),
  ) as RoomState;
  const state = trimRoom(edited, 100, 10);
  expect(visitPage(state, pageOf(hundred.slice(0, 10), false, 100))).toBe(state);
  expect(visitPage(state, pageOf(hundred.slice(0, 10), false, 101))).not.toBe(state);
});

test("whenever it happens, what is shown has no hole and ends with the newest", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(120)), { maxLength: 120 }), (steps) => {
      let state = opened([said(1)]);
      let newest = 1;
      for (const [isTrim, readUntil] of steps) {
        if (isTrim) state = trimRoom(state, readUntil, 7);
        else {
          newest += 1;
          state = applyRows(state, [said(newest)]);
        }
        expect(seqs(state)).toEqual(range(Math.max(1, state.floor), newest));
        expect(state.hasOlder).toBe(state.floor > 1);
      }
    }),
  );
});
