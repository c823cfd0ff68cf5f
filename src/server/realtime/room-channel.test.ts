import { expect, test } from "vitest";
import type { Change } from "#shared/feed.ts";
import { newId } from "#shared/ids.ts";
import { frameStart } from "./frames.ts";
import { RoomChannel } from "./room-channel.ts";
import { Seat } from "./seat.ts";

/** What the ring of a room keeps, and for whom. */
const change = (version: number) => ({ type: "message", version, message: { body: String(version) } }) as Change;
const changesIn = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => change(from + 1 + n));

const opened = () => {
  const channel = new RoomChannel(newId(), { epoch: () => "e", onUnproved: () => {} });
  channel.start(0);
  let at = 0;
  const grow = (count: number) => {
    for (const end = at + count; at < end; ) {
      const version = ++at;
      channel.publish([change(version)], version);
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

test("what one who came back had to read from the table serves all who come back after, if it goes on to the ring and fits", () => {
  const { channel, grow, wait } = opened();
  const isServed = (from: number) => channel.holds(from);
  grow(1_000);
  const [before, after] = [isServed(740), isServed(744)];
  expect([before, after]).toEqual([false, true]);
  channel.reachBack({ from: 740, to: 1_000, changes: changesIn(740, 1_000), isFull: false });
  expect(isServed(740), "it would be longer than a ring").toBe(false);

  const restarted = new RoomChannel(newId(), { epoch: () => "e", onUnproved: () => {} });
  restarted.start(500);
  restarted.reachBack({ from: 300, to: 400, changes: changesIn(300, 400), isFull: true });
  restarted.reachBack({ from: 300, to: 450, changes: changesIn(300, 450), isFull: false });
  expect(restarted.holds(300), "there would be a hole").toBe(false);
  restarted.reachBack({ from: 400, to: 502, changes: changesIn(400, 502), isFull: false });
  expect([restarted.holds(400), restarted.holds(399)]).toEqual([true, false]);
  const seat = wait();
  const { rest } = restarted.since(490, 500, seat);
  const { changes } = JSON.parse(frameStart("1") + rest).result.data.data as { changes: Change[] };
  expect(changes.map(({ version }) => version)).toEqual([491, 492, 493, 494, 495, 496, 497, 498, 499, 500]);
});

test("what was offered is told when the bell has named it, not when a sweep found it, and not when it is old", () => {
  const { channel } = opened();
  channel.publish([change(1)], 1);
  for (const version of [1, 2]) channel.offer(change(version));
  channel.heard = 2;
  expect(channel.confirmed(), "a sweep saw the number").toBeNull();
  channel.rung = 2;
  expect(channel.confirmed()).toEqual([change(2)]);
  channel.publish([change(2)], 2);
  expect(channel.confirmed(), "everybody has it").toBeNull();
});
