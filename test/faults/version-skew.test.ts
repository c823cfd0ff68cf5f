import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { applyMe, noMe } from "#ui/me/me-state.ts";
import { applyActivity, NO_ACTIVITY } from "#ui/rooms/activity.ts";
import { applyBatch, emptyRoom } from "#ui/rooms/room-state.ts";

/** Row 15: during a deploy a page of yesterday is talked to by a server of tomorrow. */
const NEWER = { type: "poll", version: 2, poll: { id: newId(), version: 2 } } as never;

describe("a page that is older than its server leaves aside what it does not know", () => {
  test("in a room, and takes what stands beside it; the cursor moves on", () => {
    const room = { id: newId(), version: 1, title: "kitchen" } as never;
    const batch = { from: 0, to: 2, changes: [{ type: "room" as const, version: 1, room }, NEWER] };
    const state = applyBatch(emptyRoom(), batch, "e.2");
    expect(state).toMatchObject({ room, cursor: "e.2" });
    expect(state).not.toBe("gap");
  });

  test("in a room of which it has nothing yet", () => {
    expect(applyBatch(emptyRoom(), { from: 0, to: 2, changes: [NEWER] }, "e.2")).toMatchObject({ room: null });
  });

  test("of what is its own", () => {
    const me = noMe();
    expect(applyMe(me, { type: "weather", sky: "blue" } as never)).toBe(me);
  });

  test("of what fades", () => {
    expect(applyActivity(NO_ACTIVITY, { type: "recording", userId: newId() } as never, 0)).toBe(NO_ACTIVITY);
  });
});
