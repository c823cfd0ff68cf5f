import { expect, test } from "vitest";
import { recentOf, USUAL_EMOJI } from "./recent-emoji.ts";

test("ana's last emoji come first, each once, and the usual ones fill the row", () => {
  expect(recentOf("🌊 🎉")).toEqual(["🌊", "🎉", "👍", "❤️", "😄", "👀", "✅", "🙏"]);
});

test("what somebody wrote into the storage by hand is not shown", () => {
  expect(recentOf("<b> a 🎉🎉")).toEqual(USUAL_EMOJI);
});
