import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { edited } from "./edit.ts";
import { type Mark, makeLink, toggleMark } from "./formatting.ts";

/** `[` and `]` are the ends of what is selected; `|` is a caret. */
function selection(marked: string) {
  const start = marked.search(/[[|]/);
  const end = marked.includes("]") ? marked.indexOf("]") - 1 : start;
  return { text: marked.replace(/[[\]|]/g, ""), start, end };
}

function after(marked: string, mark: Mark): string {
  const before = selection(marked);
  const edit = toggleMark(before, mark);
  const text = edited(before.text, edit);
  const { selectStart: start, selectEnd: end } = edit;
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`;
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

describe("the marks that ana puts around her words", () => {
  test.each<[string, Mark, string]>([
    ["say [this] now", "**", "say **[this]** now"],
    ["say **[this]** now", "**", "say [this] now"],
    ["say [**this**] now", "**", "say [this] now"],
    ["say [this ]now", "_", "say _[this]_ now"],
    ["say |", "**", "say **|**"],
    ["say **|**", "**", "say |"],
    ["say **[this]**", "_", "say **_[this]_**"],
    ["[this]", "~~", "~~[this]~~"],
    ["~~[this]~~", "~~", "[this]"],
    ["a [b] c", "`", "a `[b]` c"],
    ["[one\ntwo]", "`", "```\n[one\ntwo]\n```"],
    ["see [one\ntwo] there", "`", "see \n```\n[one\ntwo]\n```\n there"],
    ["``[a]``", "`", "```[a]```"],
  ])("%j with %s", (before, mark, expected) => {
    expect(after(before, mark)).toBe(expected);
  });

  test("pressed twice, nothing has changed", () => {
    const words = fc.string({ unit: fc.constantFrom("a", "b", " ", "é", "😀"), maxLength: 12 });
    const mark = fc.constantFrom<Mark>("**", "_", "~~", "`");
    fc.assert(
      fc.property(words, words, words, mark, (before, inner, rest, mark) => {
        const text = before + inner + rest;
        const once = toggleMark({ text, start: before.length, end: before.length + inner.length }, mark);
        const marked = edited(text, once);
        const twice = toggleMark({ text: marked, start: once.selectStart, end: once.selectEnd }, mark);
        expect(edited(marked, twice)).toBe(text);
      }),
    );
  });

  test("words become a link whose address is typed next, and an address becomes one whose words are", () => {
    const words = selection("read [this] now");
    const edit = makeLink(words);
    expect(edited(words.text, edit)).toBe("read [this](https://) now");
    expect(edited(words.text, edit).slice(edit.selectStart, edit.selectEnd)).toBe("https://");
    const address = selection("[https://example.org/a]");
    expect(edited(address.text, makeLink(address))).toBe("[](https://example.org/a)");
    expect(makeLink(address).selectStart).toBe(1);
  });
});
