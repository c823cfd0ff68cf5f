import { describe, expect, test } from "vitest";
import { safeNext, signInPath } from "./next-path.ts";

describe("where ana goes after signing in", () => {
  test.each(["/rooms/1", "/rooms/1?a=b#c", "/", "/rooms?next=//evil.example"])("back to %s", (next) =>
    expect(safeNext(next)).toBe(next),
  );

  test.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "evil.example",
    "/a/..//evil.example",
    "/.//evil.example",
    "",
    " //evil.example",
  ])("never to %j", (next) => expect(safeNext(next)).toBe("/"));

  test("nothing, or twice the same question, leads home", () => {
    expect(safeNext(undefined)).toBe("/");
    expect(safeNext(["/a", "/b"])).toBe("/");
  });

  test("the sign-in page does not lead to itself", () => expect(safeNext("/sign-in?next=/rooms")).toBe("/"));

  test("the way there carries the way back", () => {
    expect(signInPath("/rooms/1?a=b")).toBe("/sign-in?next=%2Frooms%2F1%3Fa%3Db");
    expect(signInPath("/")).toBe("/sign-in");
    expect(signInPath("/", "signed-up")).toBe("/sign-in?after=signed-up");
    expect(signInPath("/rooms/1", "signed-up")).toBe("/sign-in?after=signed-up&next=%2Frooms%2F1");
  });
});
