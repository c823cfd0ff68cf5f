import { expect, test } from "vitest";
import { asOwnMove, wasOwnMove } from "./own-moves.ts";

test("ana's own move needs no notice, once; the next one is somebody else's", async () => {
  await asOwnMove("design", async () => {});
  expect(wasOwnMove("design")).toBe(true);
  expect(wasOwnMove("design")).toBe(false);
});

test("the feed may tell of it before the server answers ana", async () => {
  await asOwnMove("design", async () => expect(wasOwnMove("design")).toBe(true));
});

test("a move that the server refused was none: when ben takes ana in later, she is told", async () => {
  const refused = asOwnMove("design", () => Promise.reject(new Error("NOT_FOUND")));
  await expect(refused).rejects.toThrow("NOT_FOUND");
  expect(wasOwnMove("design")).toBe(false);
});
