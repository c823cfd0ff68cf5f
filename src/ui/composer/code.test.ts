import { describe, expect, test } from "vitest";
import { isInFence } from "./code.ts";

/** Whether ana's caret, the bar, is in a fence. */
function isIn(marked: string): boolean {
  return isInFence(marked.replace("|", ""), marked.indexOf("|"));
}

describe("ana's caret is in a fence", () => {
  test.each(["```\n|", "```ts\ncode|", "~~~\n```|", "````\n```|", "```\ncode\n``|", "```\ncode\n|```"])(
    "%j",
    (marked) => {
      expect(isIn(marked)).toBe(true);
    },
  );
});

describe("ana's caret is not in a fence: Enter sends", () => {
  test.each(["|", "```|", "code|", "```\ncode\n```|", "```\ncode\n```\n|", "~~~\ncode\n~~~~|"])("%j", (marked) => {
    expect(isIn(marked)).toBe(false);
  });
});
