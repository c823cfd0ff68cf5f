import { describe, expect, test } from "vitest";
import { bodyOf, isBlank, lengthOf } from "./body.ts";

describe("what ana types, and what of it is sent", () => {
  test("an emoji is one character, as the server counts it", () => {
    expect(lengthOf("😀".repeat(4000))).toBe(4000);
    expect(lengthOf("a😀é")).toBe(3);
  });

  test("blank lines around the words neither go out nor count", () => {
    const body = bodyOf(`\n  \n${"😀".repeat(4000)}  \n\n`);
    expect(lengthOf(body)).toBe(4000);
    expect(bodyOf("\n    indented\n")).toBe("    indented");
  });

  test("words that Postgres takes for blank cannot be sent", () => {
    for (const text of ["", "  \n ", "\u0085"]) expect(isBlank(bodyOf(text))).toBe(true);
    expect(isBlank("a")).toBe(false);
  });
});
