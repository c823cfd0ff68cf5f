import { expect, test } from "vitest";
import type { FoundMessage } from "#shared/messages.ts";
import { savedRows } from "./saved-rows.ts";

const found = (id: string) => ({ message: { id }, roomId: "lobby", roomTitle: "Lobby" }) as FoundMessage;
const ids = (rows: readonly FoundMessage[]) => rows.map(({ message }) => message.id);
const none = () => false;
const shown = [found("c"), found("b"), found("a")];

test("what is gone leaves ana's list: deleted, or in a room that she is in no more", () => {
  expect(ids(savedRows(shown, [found("c"), found("a")], none))).toEqual(["c", "a"]);
});

test("what she took out herself stays in its place, to be put back", () => {
  expect(ids(savedRows(shown, [found("c"), found("a")], ({ message }) => message.id === "b"))).toEqual(["c", "b", "a"]);
});

test("what she saved meanwhile stands on top", () => {
  expect(ids(savedRows(shown, [found("d"), ...shown], none))).toEqual(["d", "c", "b", "a"]);
});
