import { expect, test } from "vitest";
import { Mailbox } from "./mailbox.ts";

/** A mailbox of numbers, of which the last counts, and a socket that one can clog. */
class Last extends Mailbox<number> {
  #last: number | null = null;
  ends = 0;

  put(number: number): void {
    this.#last = number;
    this.ring();
  }

  protected take(): number[] {
    const taken = this.#last === null ? [] : [this.#last];
    this.#last = null;
    return taken;
  }

  protected onEnd(): void {
    this.ends++;
  }
}

class Pipe {
  isClogged = false;
  readonly #waiting = new Set<() => void>();

  takesMore = () => !this.isClogged;
  whenDrained = (goOn: () => void) => void this.#waiting.add(goOn);

  get waiting(): number {
    return this.#waiting.size;
  }

  drain(): void {
    this.isClogged = false;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const goOn of waiting) goOn();
  }
}

const turn = () => new Promise(setImmediate);

test("while the socket is behind nothing is taken, and afterwards what there was last", async () => {
  const [last, pipe] = [new Last(), new Pipe()];
  pipe.isClogged = true;
  const told: (number[] | null)[] = [];
  const next = last.next(pipe).then((news) => told.push(news));
  for (let number = 1; number <= 1_000; number++) {
    last.put(number);
    if (number % 100 === 0) await turn();
  }
  expect(told).toEqual([]);
  expect(pipe.waiting, "one that waits, however often it was rung").toBe(1);
  pipe.drain();
  await next;
  expect(told).toEqual([[1_000]]);
});

test("a socket that is full again at once is waited for again", async () => {
  const [last, pipe] = [new Last(), new Pipe()];
  pipe.isClogged = true;
  const next = last.next(pipe);
  last.put(1);
  await turn();
  pipe.drain();
  pipe.isClogged = true;
  await turn();
  expect(pipe.waiting).toBe(1);
  pipe.drain();
  expect(await next).toEqual([1]);
});

test("the end and a failure reach a reader whose socket is behind; what waited is dropped", async () => {
  const [ended, failed, pipe] = [new Last(), new Last(), new Pipe()];
  pipe.isClogged = true;
  const waiting = [ended.next(pipe), failed.next(pipe).catch((error: Error) => error.message)];
  ended.put(1);
  await turn();
  ended.close();
  ended.close();
  failed.fail(new Error("away"));
  expect(await Promise.all(waiting)).toEqual([null, "away"]);
  expect([ended.ends, failed.ends]).toEqual([1, 1]);
});
