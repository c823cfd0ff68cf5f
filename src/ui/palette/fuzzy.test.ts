import { expect, test } from "vitest";
import { fuzzy } from "./fuzzy.ts";

const rank = (typed: string, names: string[]) =>
  names
    .flatMap((name) => {
      const match = fuzzy(typed, name);
      return match ? [{ name, score: match.score }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ name }) => name);

test("letters in order find a name, out of order or missing they do not", () => {
  expect(fuzzy("mli", "music-library")?.hits).toEqual([0, 6, 7]);
  expect(fuzzy("zm", "music-library")).toBeNull();
  expect(fuzzy("lobbyy", "lobby")).toBeNull();
});

test("the beginning of a word is meant before its middle", () => {
  expect(rank("ma", ["Emma Stone", "mast", "Cleo Martin", "amalgam"])).toEqual([
    "mast",
    "Cleo Martin",
    "amalgam",
    "Emma Stone",
  ]);
});

test("accents, case and spaces make no difference", () => {
  expect(fuzzy("elo die", "Élodie")?.hits).toEqual([0, 1, 2, 3, 4, 5]);
  expect(fuzzy("", "lobby")).toEqual({ score: 0, hits: [] });
});
