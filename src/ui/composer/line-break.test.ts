import { describe, expect, test } from "vitest";
import { edited } from "./edit.ts";
import { breakLine } from "./line-break.ts";

function after(marked: string): string {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const edit = breakLine(text, caret, caret);
  const result = edited(text, edit);
  return `${result.slice(0, edit.selectStart)}|${result.slice(edit.selectStart)}`;
}

describe("where ana's next line begins", () => {
  test.each([
    ["plain|", "plain\n|"],
    ["pl|ain", "pl\n|ain"],
    ["- milk|", "- milk\n- |"],
    ["  * milk|", "  * milk\n  * |"],
    ["1. milk|", "1. milk\n2. |"],
    ["9) milk|", "9) milk\n10) |"],
    ["- [x] milk|", "- [x] milk\n- [ ] |"],
    ["> said|", "> said\n> |"],
    ["- milk\n- |", "- milk\n|"],
    ["1. |", "|"],
    ["> said\n> |", "> said\n|"],
    ["- |milk", "- \n- |milk"],
    ["-milk|", "-milk\n|"],
    ["2026 was|", "2026 was\n|"],
    ["```\n  code|", "```\n  code\n  |"],
    ["```\n- not a list|", "```\n- not a list\n|"],
    ["|", "\n|"],
  ])("%j", (before, expected) => {
    expect(after(before)).toBe(expected);
  });
});
