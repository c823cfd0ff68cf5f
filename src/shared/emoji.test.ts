import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMOJI_BYTES_MAX, Emoji } from "./emoji.ts";
import { isEmoji } from "./one-emoji.ts";

const isAllowed = (text: string) => Emoji.safeParse(text).success;

describe("what ana may react with", () => {
  test.each([
    ["a face", "😀"],
    ["a heart with its variation selector", "❤️"],
    ["a flag", "🇩🇪"],
    ["a flag of a region", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
    ["the rainbow flag", "🏳️‍🌈"],
    ["a keycap", "1️⃣"],
    ["the hash keycap", "#️⃣"],
    ["a family", "👨‍👩‍👧‍👦"],
    ["a skin tone", "👍🏽"],
    ["two skin tones in one", "👩🏻‍❤️‍💋‍👨🏿"],
    ["a profession with a skin tone", "🧑🏾‍🚀"],
  ])("%s is one emoji", (_, emoji) => {
    expect(isAllowed(emoji)).toBe(true);
  });

  test.each([
    ["nothing", ""],
    ["a letter", "a"],
    ["a digit", "1"],
    ["a hash", "#"],
    ["two emoji", "😀😀"],
    ["an emoji and a letter", "😀a"],
    ["a blank before it", " 😀"],
    ["a line break after it", "😀\n"],
    ["half of a flag", "🇩"],
    ["a skin tone that colours nothing visible twice", "👍🏽🏽"],
    ["a joiner that joins nothing", "👍‍"],
    ["a heart that is text", "❤"],
    ["a second spelling of a thumb", "👍️"],
    ["a copyright sign", "©"],
    ["a shortcode", ":tada:"],
    ["a combining crowd", `a${"\u0301".repeat(5000)}`],
    ["a number", 7],
  ])("%s is refused", (_, text) => {
    expect(Emoji.safeParse(text).success).toBe(false);
  });

  test("words are never an emoji, and two emoji never one", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => !isAllowed(text)));
    const emoji = fc.constantFrom("😀", "🇩🇪", "👍🏽", "1️⃣", "👨‍👩‍👧‍👦", "❤️");
    fc.assert(fc.property(emoji, emoji, (one, other) => isAllowed(one) && !isAllowed(one + other)));
  });

  test("what is allowed fits its column", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 4 }), (text) => {
        if (isAllowed(text)) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(EMOJI_BYTES_MAX);
        expect(isAllowed(text)).toBe(isEmoji(text));
      }),
    );
  });
});
