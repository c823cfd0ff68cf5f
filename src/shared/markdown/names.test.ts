import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mentionsIn } from "./mentions.ts";
import { parseMarkdown } from "./parse.ts";
import { plainTextOf } from "./plain-text.ts";
import { inlinesIn } from "./walk.ts";

const names = (body: string) => mentionsIn(body).names;
const rooms = (body: string) =>
  [...inlinesIn(parseMarkdown(body))].flatMap((inline) => (inline.type === "room" ? [inline.slug] : []));

describe("whom a message calls", () => {
  test("each once, in lower case, in their order", () => {
    expect(mentionsIn("@Cleo, @ana and @ANA")).toEqual({ names: ["cleo", "ana"], room: false });
  });

  test("a name ends where a name ends", () => {
    expect(names("Ask @ben.okafor. Or @ana-reis_2! (@cleo)")).toEqual(["ben.okafor", "ana-reis_2", "cleo"]);
    expect(names("@ana's, @ben/@cleo, **@dana** _thanks @robin_ ~~@ana2~~")).toEqual([
      ..."ana ben cleo dana robin ana2".split(" "),
    ]);
    expect(names(`@a @${"b".repeat(33)} @-ana @anaé @ana@example.org`)).toEqual([]);
    expect(names(`@ab @${"b".repeat(32)}`)).toEqual(["ab", "b".repeat(32)]);
  });

  test("everywhere that words are read", () => {
    expect(names("> @ana\n\n- [ ] @ben\n\n# @cleo\n\n| @dana | b |\n|---|---|\n| c | @robin |")).toEqual([
      ..."ana ben cleo dana robin".split(" "),
    ]);
  });

  test("nobody in code, in a link, in an address, or behind a backslash", () => {
    for (const body of [
      "`@ana`",
      "```\n@ana\n```",
      "[@ana](http://a.example)",
      "https://a.example/@ana",
      "x@ana.example",
      "\\@ana",
    ])
      expect(mentionsIn(body), body).toEqual({ names: [], room: false });
  });

  test("@room is everybody here, and no name", () => {
    expect(mentionsIn("@Room, look")).toEqual({ names: [], room: true });
    expect(mentionsIn("`@room` @roommate")).toEqual({ names: ["roommate"], room: false });
  });

  test("rooms are called by their slug", () => {
    expect(rooms("#Lobby, (#on-air) and #café. a#b ##c /#d # e")).toEqual(["lobby", "on-air", "café"]);
    expect(rooms("`#lobby` [#lobby](http://a.example) https://a.example/#lobby")).toEqual([]);
  });

  test("too long a message to be read whole still calls whom it names, outside of nothing", () => {
    const body = `${"*a ".repeat(4000)} @ana #lobby https://a.example`;
    expect(parseMarkdown(body)).toHaveLength(1);
    expect(names(body)).toEqual(["ana"]);
    expect(rooms(body)).toEqual(["lobby"]);
  });
});

describe("a message in one line", () => {
  test.each([
    ["**Hello** _you_,\nsee [the plan](https://a.example)", "Hello you, see the plan"],
    ["> quoted\n\nanswer", "quoted answer"],
    ["- a\n- [x] b\n  1. c", "a b c"],
    ["# Head\n\n| a | b |\n|---|---|\n| c | d |", "Head a b c d"],
    ["```ts\nlet a;\n  let b;\n```", "let a; let b;"],
    ["@Ana in #lobby, `x` ~~y~~", "@Ana in #lobby, x y"],
    ["---", "---"],
    ["<b>bold</b> &amp;", "<b>bold</b> &amp;"],
    ["", ""],
  ])("%j", (body, line) => {
    expect(plainTextOf(body)).toBe(line);
  });

  test("is cut between characters, and says so", () => {
    expect(plainTextOf("good morning", 12)).toBe("good morning");
    expect(plainTextOf("good morning", 6)).toBe("good…");
    expect(plainTextOf("😀😀😀", 2)).toBe("😀…");
  });

  test("is one line of at most so many characters, whatever the message", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (body, max) => {
        const line = plainTextOf(body, max);
        expect(line).not.toMatch(/\n/);
        expect([...line].length).toBeLessThanOrEqual(max);
      }),
    );
  });
});
