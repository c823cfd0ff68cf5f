import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { edited } from "./edit.ts";
import { completedShortcode, pick, triggerAt, withEmoji } from "./trigger.ts";

/** `|` is the caret. */
function at(marked: string) {
  const caret = marked.indexOf("|");
  return { text: marked.replace("|", ""), caret };
}
const trigger = (marked: string) => triggerAt(at(marked).text, at(marked).caret);
const completed = (marked: string) => completedShortcode(at(marked).text, at(marked).caret);

describe("what ana is naming while she types", () => {
  test.each([
    ["@|", "person", ""],
    ["hello @be|", "person", "be"],
    ["(@ben.o|", "person", "ben.o"],
    ["**@ben|", "person", "ben"],
    ["@jü|", "person", "jü"],
    ["one\n@b|", "person", "b"],
    ["@be| and more", "person", "be"],
    ["see #mast|", "room", "mast"],
    ["#|", "room", ""],
    [":ta|", "emoji", "ta"],
    ["yes :+1|", "emoji", "+1"],
    ["done. :TA|", "emoji", "TA"],
    ["`code` @be|", "person", "be"],
    ["```\ncode\n```\n@be|", "person", "be"],
  ])("%s", (marked, kind, query) => {
    expect(trigger(marked)).toMatchObject({ kind, query });
  });

  test.each([
    "ana@example|",
    "ana@example.org|",
    "https://example.org/@ana|",
    "https://example.org/page#part|",
    "https:|",
    "http://lo|",
    "at 10:30|",
    "std::vec|",
    "a:bc|",
    ":)|",
    ":D|",
    "issue#12|",
    "## |",
    "@be |",
    "@ben, |",
    "`@be|",
    "`a :ta|",
    "```\n@be|",
    "~~~ts\n#inc|",
    "|@be",
    "",
  ])("nothing in %s", (marked) => {
    expect(trigger(marked.includes("|") ? marked : "|")).toBeNull();
  });

  test("what she picks stands where she typed, with one blank after it", () => {
    for (const [marked, text, caret] of [
      ["hello @be|", "hello @ben ", 11],
      ["hello @be| there", "hello @ben there", 11],
      ["hello @be|, there", "hello @ben , there", 11],
      ["hello @be|\nthere", "hello @ben\nthere", 10],
    ] as const) {
      const found = trigger(marked);
      if (!found) throw new Error(`nothing is named in ${marked}`);
      const edit = pick(at(marked).text, found, at(marked).caret, "@ben");
      expect(edited(at(marked).text, edit)).toBe(text);
      expect(edit.selectStart).toBe(caret);
    }
  });

  test("whatever stands around it, only what she typed is replaced", () => {
    const words = fc.string({
      unit: fc.constantFrom("a", " ", "\n", "é", "😀", "`", "@", "#", ":", "."),
      maxLength: 30,
    });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const text = before + after;
        const found = triggerAt(text, before.length);
        if (!found) return;
        const result = edited(text, pick(text, found, before.length, "@ben"));
        expect(result.startsWith(before.slice(0, found.start))).toBe(true);
        expect(result.endsWith(after)).toBe(true);
      }),
    );
  });

  test("a very long text costs no more than a short one", () => {
    for (const flood of ["@".repeat(50_000), ":a".repeat(25_000), "a".repeat(50_000)]) {
      const startedAt = performance.now();
      triggerAt(flood, flood.length);
      completedShortcode(flood, flood.length);
      expect(performance.now() - startedAt).toBeLessThan(50);
    }
  });
});

describe("shortcodes that ana pastes", () => {
  const EMOJI: Record<string, string> = { tada: "🎉", heart: "❤️" };
  /** Pasted between the bars. */
  const pasted = (marked: string) => {
    const [before = "", inside = "", after = ""] = marked.split("|");
    const text = before + inside + after;
    const caret = before.length + inside.length;
    const edit = withEmoji(text, before.length, caret, (code) => EMOJI[code]);
    if (!edit) return null;
    expect(edit.selectStart, "the caret stays behind what was pasted").toBe(edited(text, edit).length - after.length);
    return edited(text, edit);
  };

  test.each([
    ["|:tada:|", "🎉"],
    ["|:tada: and :heart:, :none: too| more", "🎉 and ❤️, :none: too more"],
    [":heart: |:tada:|", ":heart: 🎉"],
    ["|:tada::heart:|", "🎉❤️"],
    ["|`:heart:` :tada:|", "`:heart:` 🎉"],
    [":tad|a: x|", "🎉 x"],
  ])("%s", (marked, text) => {
    expect(pasted(marked)).toBe(text);
  });

  test.each(["|10:30:45|", "|`:tada:`|", "|nothing|", "|:none:|", `|${":tada: ".repeat(60)}|`])(
    "%s stays as it is",
    (marked) => {
      expect(pasted(marked)).toBeNull();
    },
  );
});

describe("a shortcode that ana completes", () => {
  test.each([
    [":tada:|", "tada", 0],
    ["yes :+1:| more", "+1", 4],
    ["🎉:tada:|", "tada", 2],
    ["(:heart:|", "heart", 1],
  ])("%s", (marked, code, start) => {
    expect(completed(marked)).toEqual({ code, start });
  });

  test.each(["10:30:|", "a:tada:|", "`:tada:|", "```\n:tada:|", "::|", ": tada:|", ":tada|"])(
    "is not in %s",
    (marked) => {
      expect(completed(marked)).toBeNull();
    },
  );
});
