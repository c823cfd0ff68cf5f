import { expect, test } from "vitest";
import { recentOf, USUAL_EMOJI, withUsed } from "./recent-emoji.ts";

test("ana's last emoji come first, each once, and the usual ones fill the row", () => {
  expect(recentOf("🌊 🎉")).toEqual(["🌊", "🎉", "👍", "❤️", "😄", "👀", "✅", "🙏"]);
});

test("what somebody wrote into the storage by hand is not shown", () => {
  expect(recentOf("<b> a 🎉🎉")).toEqual(USUAL_EMOJI);
});

test("what is at hand keeps its place when it is used; what is not comes to the front", () => {
  expect(withUsed(USUAL_EMOJI, "😄")).toEqual(USUAL_EMOJI);
  expect(withUsed(USUAL_EMOJI, "👀").slice(0, 4)).toEqual(["👀", "👍", "❤️", "😄"]);
  expect(withUsed(USUAL_EMOJI, "🌊")).toEqual(["🌊", ...USUAL_EMOJI.slice(0, -1)]);
});
