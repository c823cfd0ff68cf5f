import { expect, test } from "vitest";
import { contrastOf, themeOf } from "./theme.ts";

test("a theme that is none of ours is the system's", () => {
  expect(["light", "dark", "system", "dark-mode", undefined].map(themeOf)).toEqual([
    "light",
    "dark",
    "system",
    "system",
    "system",
  ]);
  expect(["more", "less", undefined].map(contrastOf)).toEqual(["more", "system", "system"]);
});
