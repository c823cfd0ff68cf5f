import { describe, expect, test } from "vitest";
import { RECEIPTS_LIVE_MAX } from "#shared/limits.ts";
import type { MyRoom } from "#shared/rooms.ts";
import { undelivered } from "./delivered.ts";

const room = (id: string, lastSeq: number, lastReadSeq = 0, isLobby = false) =>
  ({ id, lastSeq, lastReadSeq, isLobby }) as MyRoom;

describe("what ana's device says it was given", () => {
  test("the newest place of each room that grew, once", () => {
    const rooms = [room("a", 5), room("b", 7)];
    expect(undelivered(rooms, new Map([["b", 7]]), 3)).toEqual([{ roomId: "a", seq: 5 }]);
    expect(undelivered([room("b", 8)], new Map([["b", 7]]), 3)).toEqual([{ roomId: "b", seq: 8 }]);
  });

  test("nothing of what is read: that says it already", () => {
    expect(undelivered([room("a", 5, 5), room("empty", 0)], new Map(), 3)).toEqual([]);
  });

  test("nothing of the lobby of a large server", () => {
    const lobby = [room("lobby", 5, 0, true)];
    expect(undelivered(lobby, new Map(), RECEIPTS_LIVE_MAX)).toHaveLength(1);
    expect(undelivered(lobby, new Map(), RECEIPTS_LIVE_MAX + 1)).toHaveLength(0);
  });
});
