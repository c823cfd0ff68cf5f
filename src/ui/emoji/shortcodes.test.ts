import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { type EmojiEntry, shortcodesOf } from "./shortcodes.ts";

const data = new URL("../../../public/emoji/en/data.json", import.meta.url);
const entries: EmojiEntry[] = JSON.parse(await readFile(data, "utf8"));
const shortcodes = shortcodesOf(entries);

describe("what ana writes between colons", () => {
  test("is found by the names that Slack and GitHub use", () => {
    expect(shortcodes.emojiFor("tada")).toBe("🎉");
    expect(shortcodes.emojiFor("+1")).toBe("👍");
    expect(shortcodes.emojiFor("thumbsup")).toBe("👍");
    expect(shortcodes.emojiFor("heart")).toBe("❤️");
    expect(shortcodes.emojiFor("de")).toBe("🇩🇪");
    expect(shortcodes.emojiFor("TADA")).toBe("🎉");
  });

  test("is nothing when nobody calls an emoji so", () => {
    expect(shortcodes.emojiFor("no_such_thing")).toBeUndefined();
    expect(shortcodes.emojiFor("constructor")).toBeUndefined();
    expect(shortcodes.search("zzzz", 8)).toEqual([]);
  });

  test("is offered while she types, the exact code first: `:camel` and Enter is `:camel:`", () => {
    const codes = entries.flatMap((entry) => entry.shortcodes);
    expect(codes.filter((code) => shortcodes.search(code, 1)[0]?.emoji !== shortcodes.emojiFor(code))).toEqual([]);
    expect(shortcodes.search("smile", 8)).toHaveLength(8);
    expect(shortcodes.search("rocket", 8)[0]?.emoji).toBe("🚀");
    expect(shortcodes.search("water wave", 8)[0]?.emoji).toBe("🌊");
    expect(shortcodes.search("Santa Claus", 8)[0]?.emoji).toBe("🎅");
    expect(shortcodes.search("party", 8).map(({ emoji }) => emoji)).toContain("🎉");
  });
});
