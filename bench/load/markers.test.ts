import { describe, expect, it } from "vitest";
import { bodyOf } from "../cast.ts";
import { batchOf, changesOf } from "../servers/change.ts";
import { isSent, markersIn, numbersIn } from "./markers.ts";
import { FIRST_CALL } from "./wire.ts";

const frame = (count: number) => {
  const changes = changesOf({ roomId: "r", authorId: "a", first: FIRST_CALL + 8, count, isBundled: true });
  return Buffer.from(JSON.stringify(batchOf(changes)));
};

describe("the numbers in a frame", () => {
  it("are all found, whether one change is in it or two hundred", () => {
    for (const count of [1, 2, 200]) {
      const wanted = Array.from({ length: count }, (_, index) => FIRST_CALL + 8 + index);
      expect([...numbersIn(frame(count))]).toEqual(wanted);
      expect(markersIn(frame(count))).toBe(count);
    }
  });

  it("are not looked for in what is no message", () => {
    expect([...numbersIn(Buffer.from('{"body":"hello"}'))]).toEqual([]);
    expect(markersIn(Buffer.alloc(0))).toBe(0);
  });

  it("tell what a run sends from what the rooms had before", () => {
    const [old] = numbersIn(Buffer.from(JSON.stringify({ body: bodyOf(0) })));
    expect(old).toBe(0);
    expect(isSent(old ?? Number.NaN)).toBe(false);
    expect(isSent(FIRST_CALL)).toBe(true);
  });
});
