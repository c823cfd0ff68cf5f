import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { cursorOf, parseCursor } from "./feed.ts";
import { Cursor } from "./identifiers.ts";
import { RoomFeedInput } from "./rooms.ts";

/** What a cursor is, whatever stands in its place: a client keeps it for months, and anybody may send one. */
const HEX = "0123456789abcdef";
const epoch = fc.string({ unit: fc.constantFrom(...HEX), minLength: 12, maxLength: 12 });
/** Fifteen digits: below 2^53, so no number in a cursor is ever rounded. */
const version = fc.oneof(
  fc.integer({ min: 0, max: 999_999_999_999_999 }),
  fc.constantFrom(0, 1, 2 ** 31, 2 ** 32, 1e15 - 1),
);
const cursor = fc.tuple(epoch, version).map(([which, at]) => cursorOf(which, at));

/** What is nearly a cursor: one character is put in, taken out or put in another's place. */
const strange = fc.oneof(
  fc.constantFrom(..." .-+eExn_,\n\r\t\u0000AFg", "\u0660", "\uff11", "\u2028", "0x", "Infinity", "1e9", "٣"),
  fc.string({ unit: "binary", maxLength: 3 }),
  fc.constantFrom(...HEX),
);
const nearly = fc.tuple(cursor, fc.nat(40), fc.nat(2), strange).map(([good, place, out, more]) => {
  const at = place % (good.length + 1);
  return good.slice(0, at) + more + good.slice(at + out);
});
const anything = fc.oneof(nearly, cursor, fc.string({ unit: "binary" }), fc.string({ maxLength: 500, size: "max" }));

/** The rule by hand, so that it is not the expression that is tested against itself. */
function isCursor(text: string): boolean {
  const [which = "", at = "", ...more] = text.split(".");
  const isOf = (letters: string, word: string) => [...word].every((letter) => letters.includes(letter));
  const isVersion = at.length >= 1 && at.length <= 15 && isOf("0123456789", at);
  return more.length === 0 && which.length === 12 && isOf(HEX, which) && isVersion;
}

describe("a cursor", () => {
  test("comes back from its text as it was, whatever the epoch and the number", () => {
    fc.assert(
      fc.property(epoch, version, (which, at) => {
        const text = cursorOf(which, at);
        expect(Cursor.parse(text)).toBe(text);
        expect(parseCursor(text)).toEqual({ epoch: which, version: at });
      }),
    );
  });

  test("is taken or refused, and nothing in between: what is taken has an epoch and a whole number, exactly", () => {
    const roomId = newId();
    fc.assert(
      fc.property(anything, (text) => {
        const verdict = Cursor.safeParse(text).success;
        expect(verdict).toBe(isCursor(text));
        expect(RoomFeedInput.safeParse({ roomId, lastEventId: text }).success).toBe(verdict);
        if (!verdict) return;
        const { epoch: which, version: at } = parseCursor(text);
        expect(Number.isSafeInteger(at) && at >= 0).toBe(true);
        const digits = text.slice(13).replace(/^0+(?=\d)/, "");
        expect([which, `${at}`]).toEqual([text.slice(0, 12), digits]);
      }),
      { numRuns: 3_000 },
    );
  });

  test("that is no text at all is refused like any other; none is allowed", () => {
    const roomId = newId();
    const others = fc.anything().filter((value) => typeof value !== "string" && value !== undefined && value !== null);
    fc.assert(
      fc.property(others, (lastEventId) => {
        expect(RoomFeedInput.safeParse({ roomId, lastEventId }).success).toBe(false);
      }),
    );
    for (const lastEventId of [undefined, null])
      expect(RoomFeedInput.safeParse({ roomId, lastEventId }).success).toBe(true);
  });

  test("stands above another of its epoch just when its number does, as numbers and not as text", () => {
    fc.assert(
      fc.property(epoch, version, version, (which, a, b) => {
        const [one, other] = [parseCursor(cursorOf(which, a)), parseCursor(cursorOf(which, b))];
        expect(Math.sign(one.version - other.version)).toBe(Math.sign(a - b));
        expect(one.epoch === other.epoch).toBe(true);
      }),
    );
  });
});
