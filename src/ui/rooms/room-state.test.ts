import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Batch, type Change, cursorOf } from "#shared/feed.ts";
import type { Message, MessagePage } from "#shared/messages.ts";
import type { Room } from "#shared/rooms.ts";
import { applyBatch, applyPage, emptyRoom, fromSnapshot, GAP, type RoomState, visibleMessages } from "./room-state.ts";

const EPOCH = "0123456789ab";
const at = (version: number) => cursorOf(EPOCH, version);
const lobby = { id: "lobby", title: "Lobby", topic: "", isLobby: true, version: 1 } as Room;
const ben = { id: "ben", username: "ben", name: "Ben Okafor" };

function said(seq: number, version = seq, body = `line ${seq}`): Message {
  const dates = { createdAt: "2026-11-20T10:00:00.000Z", editedAt: null, deletedAt: null };
  return {
    id: `m${seq}`,
    roomId: "lobby",
    seq,
    version,
    clientId: `c${seq}`,
    kind: "text",
    body,
    author: ben,
    ...dates,
    ...{ replyTo: null, threadRoot: null, pinned: null, reactions: [], thread: null },
  };
}
const change = (message: Message): Change => ({ type: "message", version: message.version, message });
const batch = (from: number, to: number, ...messages: Message[]): Batch => ({
  from,
  to,
  changes: messages.map(change),
});
const page = (messages: Message[], hasOlder: boolean, version: number): MessagePage => ({
  messages,
  quoted: [],
  hasOlder,
  hasNewer: false,
  cursor: at(version),
});
const bodies = (state: RoomState) => visibleMessages(state).map((message) => message.body);

function apply(state: RoomState, next: Batch, version = next.to): RoomState {
  const after = applyBatch(state, next, at(version));
  if (after === GAP) throw new Error("A gap where none was expected");
  return after;
}

describe("what ana's device knows of a room", () => {
  test("ben's words are added after the first page", () => {
    const state = apply(fromSnapshot({ room: lobby, page: page([said(2)], false, 2) }), batch(2, 3, said(3)));
    expect(bodies(state)).toEqual(["line 2", "line 3"]);
    expect(state.cursor).toBe(at(3));
  });

  test("a batch seen twice changes nothing", () => {
    const once = apply(fromSnapshot({ room: lobby, page: page([said(2)], false, 2) }), batch(2, 3, said(3)));
    expect(apply(once, batch(2, 3, said(3)))).toEqual(once);
  });

  test("a batch that begins after what is known is a gap, and is not taken in", () => {
    expect(
      applyBatch(fromSnapshot({ room: lobby, page: page([said(2)], false, 2) }), batch(3, 4, said(4)), at(4)),
    ).toBe(GAP);
  });

  test("an edit replaces the row and keeps its place", () => {
    const state = apply(
      fromSnapshot({ room: lobby, page: page([said(2), said(3)], false, 3) }),
      batch(3, 4, said(2, 4, "better")),
    );
    expect(bodies(state)).toEqual(["better", "line 3"]);
  });

  test("an edit below the window stays out of sight until its page is loaded, and wins over that page", () => {
    const edited = apply(
      fromSnapshot({ room: lobby, page: page([said(8)], true, 8) }),
      batch(8, 9, said(5, 9, "better")),
    );
    expect(bodies(edited)).toEqual(["line 8"]);
    const older = applyPage(edited, page([said(5), said(6)], false, 8));
    expect(bodies(older)).toEqual(["better", "line 6", "line 8"]);
    expect(older.cursor).toBe(at(9));
    expect(older.hasOlder).toBe(false);
  });

  test("an older page read ahead of the feed does not move the cursor", () => {
    const state = applyPage(fromSnapshot({ room: lobby, page: page([said(8)], true, 8) }), page([said(7)], true, 12));
    expect(state.cursor).toBe(at(8));
    expect(state.floor).toBe(7);
  });

  test("a reset forgets what was there, settings too: after a restore they may be older", () => {
    const renamed = { ...lobby, title: "Kitchen", version: 7 };
    const state = fromSnapshot({ room: renamed, page: page([said(2), said(3)], false, 3) });
    const fresh = batch(0, 9, said(8));
    const changes = [{ type: "room" as const, version: lobby.version, room: lobby }, ...fresh.changes];
    const after = apply(state, { ...fresh, changes, reset: { hasOlder: true } });
    expect(bodies(after)).toEqual(["line 8"]);
    expect(after).toMatchObject({ floor: 8, hasOlder: true, cursor: at(9), room: lobby });
  });

  test("a page from before history went back is left aside", () => {
    const state = fromSnapshot({ room: lobby, page: page([said(8)], true, 8) });
    const other = { ...page([said(7)], false, 3), cursor: cursorOf("ba9876543210", 3) };
    expect(applyPage(state, other)).toBe(state);
  });

  test("an empty room has its beginning in view", () => {
    const state = fromSnapshot({ room: lobby, page: page([], false, 1) });
    expect(state).toMatchObject({ floor: 0, hasOlder: false });
    expect(bodies(apply(state, batch(1, 2, said(2))))).toEqual(["line 2"]);
  });

  test("an empty batch still moves the cursor", () => {
    expect(apply(fromSnapshot({ room: lobby, page: page([], false, 1) }), batch(1, 4)).cursor).toBe(at(4));
  });
});

/** A history in which each step either says something new or edits something said before. */
const history = fc.array(fc.option(fc.nat(), { nil: null }), { minLength: 1, maxLength: 40 }).map((steps) => {
  const rows: Message[] = [];
  return steps.map((edited, index) => {
    const version = index + 1;
    if (edited === null || rows.length === 0) {
      const row = said(version);
      rows.push(row);
      return row;
    }
    return { ...(rows[edited % rows.length] as Message), version, body: `edited at ${version}` };
  });
});

/** Changes after `from`, as the server reads them: the rows as they stand at `to`. */
function changesBetween(steps: Message[], from: number, to: number): Batch {
  const newest = new Map(steps.slice(0, to).map((row) => [row.id, row]));
  const rows = [...newest.values()].filter((row) => row.version > from).sort((a, b) => a.version - b.version);
  return batch(from, to, ...rows);
}

describe("whatever the wire does", () => {
  test("an old snapshot and the changes since are a fresh snapshot, however batches repeat and overlap", () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }),
        fc.nat(),
        (steps, cuts, start) => {
          const end = steps.length;
          const snapshotAt = (version: number) => {
            const { changes } = changesBetween(steps, 0, version);
            const rows = changes
              .flatMap((each) => (each.type === "message" ? [each.message] : []))
              .sort((a, b) => a.seq - b.seq);
            return fromSnapshot({ room: lobby, page: page(rows, false, version) });
          };
          let state = snapshotAt(start % (end + 1));
          for (const [a, b] of cuts) {
            const from = Math.min(a % (end + 1), b % (end + 1));
            const to = Math.max(a % (end + 1), b % (end + 1));
            const after = applyBatch(state, changesBetween(steps, from, to), at(to));
            if (after !== GAP) state = after;
          }
          const known = Number(state.cursor?.split(".")[1]);
          state = apply(state, changesBetween(steps, known, end));
          expect(visibleMessages(state)).toEqual(visibleMessages(snapshotAt(end)));
          expect(state.cursor).toBe(at(end));
        },
      ),
    );
  });

  test("nothing but the changes from the beginning gives the same room", () => {
    fc.assert(
      fc.property(history, (steps) => {
        const state = apply(emptyRoom(), changesBetween(steps, 0, steps.length));
        expect(visibleMessages(state).length).toBe(new Set(steps.map((row) => row.id)).size);
      }),
    );
  });
});
