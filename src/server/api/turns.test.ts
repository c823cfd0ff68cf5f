import { describe, expect, test } from "vitest";
import { inTurn, peopleInTurn } from "./turns.ts";

/** Work that ends when it is told to, and what is under way of it. */
function works() {
  const begun: number[] = [];
  const ends = new Map<number, { resolve: (value: number) => void; reject: (error: Error) => void }>();
  const work = (n: number) => () => {
    begun.push(n);
    return new Promise<number>((resolve, reject) => ends.set(n, { resolve, reject }));
  };
  return { begun, work, ends };
}
const settled = () => new Promise(setImmediate);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe("calls of one person", () => {
  test("are worked on three at once, in the order of asking; ben's do not wait for ana's", async () => {
    const { begun, work, ends } = works();
    const anas = upTo(10).map((n) => inTurn("ana", work(n)));
    const bens = inTurn("ben", work(100));
    await settled();
    expect(begun).toEqual([0, 1, 2, 100]);
    for (const n of upTo(10)) {
      ends.get(n)?.resolve(n);
      await settled();
      expect(begun.filter((one) => one < 100)).toEqual(upTo(Math.min(10, n + 4)));
    }
    ends.get(100)?.resolve(100);
    expect(await Promise.all([...anas, bens])).toEqual([...upTo(10), 100]);
    expect(peopleInTurn()).toBe(0);
  });

  test("give their place on when they fail", async () => {
    const { begun, work, ends } = works();
    const asked = upTo(4).map((n) => inTurn("ana", work(n)).catch((error) => error.message));
    for (const n of upTo(4)) {
      ends.get(n)?.reject(new Error(`no ${n}`));
      await settled();
    }
    expect(begun).toEqual(upTo(4));
    expect(await Promise.all(asked)).toEqual(["no 0", "no 1", "no 2", "no 3"]);
    expect(peopleInTurn()).toBe(0);
  });

  test("beyond what may wait are refused at once with the wait, and those that wait go on", async () => {
    const { begun, work, ends } = works();
    const asked = upTo(510).map((n) => inTurn("ana", work(n)).catch((error) => error));
    const refused = await Promise.all(asked.slice(503));
    for (const error of refused) expect(error).toMatchObject({ code: "TOO_MANY_REQUESTS", retryAfterMs: 1_000 });
    for (const n of upTo(503)) {
      ends.get(n)?.resolve(n);
      await settled();
    }
    expect(begun).toEqual(upTo(503));
    expect(await Promise.all(asked.slice(0, 503))).toEqual(upTo(503));
    expect(peopleInTurn()).toBe(0);
  });
});
