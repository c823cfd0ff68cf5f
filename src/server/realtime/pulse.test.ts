import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import { PING_MS, PONG_WITHIN_MS } from "#shared/limits.ts";
import { Pulse } from "./pulse.ts";

/** A socket that writes down what is done to it. */
class Line extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly _socket = { bytesWritten: 0, writableLength: 0 };
  pings = 0;
  ping = () => this.pings++;
  terminate = () => {
    this.readyState = 3;
  };
}

function felt() {
  const line = new Line();
  const pulse = new Pulse(line as unknown as WebSocket);
  const startMs = performance.now();
  return { line, at: (afterMs: number) => pulse.look(startMs + afterMs) };
}

const STILL = PING_MS + 100;

test("a socket that is still is asked once, and cut off when it does not answer", () => {
  const { line, at } = felt();
  at(PING_MS - 100);
  expect(line.pings).toBe(0);
  at(STILL);
  at(STILL + PONG_WITHIN_MS);
  expect([line.pings, line.readyState]).toEqual([1, 1]);
  at(STILL + PONG_WITHIN_MS + 1);
  expect(line.readyState).toBe(3);
});

test("one that answers, or says anything, stays", () => {
  for (const sign of ["pong", "message"]) {
    const { line, at } = felt();
    at(STILL);
    line.emit(sign);
    at(STILL + PONG_WITHIN_MS + 1);
    expect(line.readyState, sign).toBe(1);
  }
});

test("one that was just written to has longer: the question waits behind what it reads", () => {
  for (const written of [
    { bytesWritten: 5_000, bufferedAmount: 0 },
    { bytesWritten: 0, bufferedAmount: 5_000 },
  ]) {
    const { line, at } = felt();
    line._socket.bytesWritten = written.bytesWritten;
    at(STILL);
    line.bufferedAmount = written.bufferedAmount;
    at(STILL + PONG_WITHIN_MS + 1);
    expect(line.readyState).toBe(1);
    at(STILL + 30_001);
    expect(line.readyState).toBe(3);
  }
});
