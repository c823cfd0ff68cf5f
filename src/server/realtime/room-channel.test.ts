import { expect, test } from "vitest";
import type { Change } from "#shared/feed.ts";
import { newId } from "#shared/ids.ts";
import { RoomChannel } from "./room-channel.ts";
import { Seat } from "./seat.ts";

/** What the ring of a room keeps, and for whom. */
const opened = () => {
  const channel = new RoomChannel(newId(), { epoch: () => "e", onUnproved: () => {} });
  channel.start(0);
  let at = 0;
  const grow = (count: number) => {
    for (const end = at + count; at < end; ) {
      const version = ++at;
      channel.publish([{ type: "message", version, message: { body: String(version) } } as Change], version);
    }
  };
  const wait = () => {
    const seat = new Seat(channel, { userId: newId(), sessionId: newId() }, undefined);
    channel.wait(seat);
    return seat;
  };
  return { channel, grow, wait };
};

test("somebody who reads pages holds the ring back, but not for ever: then the table has what they miss", () => {
  const { channel, grow, wait } = opened();
  const reader = wait();
  grow(2_000);
  expect(reader.isCaughtUp(0)).toBe(true);
  const slow = wait();
  grow(3_000);
  expect(channel.holds(2_000), "for one that is ready").toBe(true);
  reader.leave();
  grow(300);
  expect(channel.holds(5_000)).toBe(false);
  expect(slow.isCaughtUp(2_000)).toBe(false);
  expect(slow.isCaughtUp(5_300)).toBe(true);
});

test("with nobody to wait for it keeps the last 256 changes", () => {
  const { channel, grow } = opened();
  grow(1_000);
  expect([channel.holds(744), channel.holds(743)]).toEqual([true, false]);
});
