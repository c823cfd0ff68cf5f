import { describe, expect, test } from "vitest";
import {
  CANDIDATES_MAX,
  type Candidate,
  type ComposerCandidates,
  isMeant,
  NO_CANDIDATES,
  peopleFor,
} from "./candidates.ts";

const named = (name: string): Candidate => ({ id: name, text: `@${name}`, label: name });
const room = (names: string[], canMentionRoom: boolean): ComposerCandidates => ({
  ...NO_CANDIDATES,
  people: (query) => names.filter((name) => name.startsWith(query)).map(named),
  canMentionRoom,
});
const texts = async (candidates: ComposerCandidates, query: string) =>
  (await peopleFor(candidates, query)).map(({ text }) => text);

describe("whom ana may mean", () => {
  test("everybody at once is offered where it is allowed, and last until it is spelled out", async () => {
    const candidates = room(["ben", "robin"], true);
    expect(await texts(candidates, "")).toEqual(["@ben", "@robin", "@room"]);
    expect(await texts(candidates, "r")).toEqual(["@robin", "@room"]);
    expect(await texts(candidates, "ro")).toEqual(["@room", "@robin"]);
    expect(await texts(candidates, "be")).toEqual(["@ben"]);
  });

  test("everybody at once is not offered where it is not allowed", async () => {
    expect(await texts(room(["ben", "robin"], false), "ro")).toEqual(["@robin"]);
  });

  test("a room of a thousand offers a handful", async () => {
    const crowd = Array.from({ length: 1000 }, (_, index) => `ben${index}`);
    for (const query of ["", "b"]) expect(await texts(room(crowd, true), query)).toHaveLength(CANDIDATES_MAX);
  });
});

test("until there is an answer, only who is meant by all that was typed is offered", () => {
  const ann = { text: "@ann", label: "Ann Archer" };
  expect(["a", "ann", "AR", "archer", ""].map((query) => isMeant(ann, query))).toEqual([true, true, true, true, true]);
  expect(["ca", "nn", "annx", "rcher"].map((query) => isMeant(ann, query))).toEqual([false, false, false, false]);
  expect(isMeant({ text: "🎉", label: ":tada:" }, "ta")).toBe(true);
});
