import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { percentilesOf } from "#shared/durations.ts";
import type { Change } from "#shared/feed.ts";
import { DeliveryTimes } from "./delivery-times.ts";

/** The other end: it says what it has, when the test says so. */
class End extends EventEmitter {
  readonly asked: string[] = [];
  ping(word: string): void {
    this.asked.push(word);
  }
  answer(word = this.asked.at(-1)): void {
    this.emit("pong", Buffer.from(word ?? ""));
  }
}

const NOW = Date.parse("2026-11-20T12:00:00Z");
const change = (agoMs: number, isNew = true) =>
  ({
    type: "message",
    version: 7,
    message: { seq: isNew ? 7 : 3, createdAt: new Date(NOW - agoMs).toISOString() },
  }) as Change;

function timed() {
  vi.useFakeTimers({ now: NOW, toFake: ["Date", "setTimeout", "clearTimeout", "performance"] });
  const [written, acked, missed] = [vi.fn(), vi.fn(), vi.fn()];
  const times = new DeliveryTimes({
    deliveryDelay: { observe: written },
    ackDelay: { observe: acked },
    acksMissed: { inc: missed },
  } as never);
  const end = new End();
  const wrote = (...changes: Change[]) => times.wrote(changes, () => end as unknown as WebSocket);
  return { times, end, wrote, written, acked, missed, [Symbol.dispose]: () => void vi.useRealTimers() };
}

test("a message is timed from the database's clock, whatever ours says", () => {
  using at = timed();
  at.times.clockOffsetMs = -7_200_000;
  at.wrote(change(7_200_000 + 40));
  expect(at.written).toHaveBeenCalledExactlyOnceWith(0.04);
});

test("an edit is not timed: it carries the time of its message", () => {
  using at = timed();
  at.wrote(change(60_000, false));
  expect(at.written).not.toHaveBeenCalled();
  expect(at.end.asked).toEqual([]);
});

test("one end a second is asked right behind the frame, and its answer is counted once", () => {
  using at = timed();
  for (let n = 0; n < 100; n++) at.wrote(change(5));
  expect(at.end.asked).toHaveLength(1);
  vi.advanceTimersByTime(30);
  at.end.answer("somebody else's");
  at.end.answer();
  at.end.answer();
  expect(at.acked).toHaveBeenCalledExactlyOnceWith(0.035);
  expect(percentilesOf([at.times.acknowledged.take()])?.p50).toBeCloseTo(35, -1);
  vi.advanceTimersByTime(1_000);
  at.wrote(change(5));
  expect(at.end.asked).toHaveLength(2);
});

test("an end that does not answer is counted as missed; one that goes is not", () => {
  using at = timed();
  at.wrote(change(5));
  vi.advanceTimersByTime(10_000);
  expect(at.missed).toHaveBeenCalledOnce();
  at.wrote(change(5));
  at.end.emit("close");
  vi.advanceTimersByTime(20_000);
  expect(at.missed).toHaveBeenCalledOnce();
  expect(at.end.listenerCount("pong") + at.end.listenerCount("close")).toBe(0);
});
