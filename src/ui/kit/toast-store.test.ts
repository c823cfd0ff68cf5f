import { expect, test } from "vitest";
import { dismissToast, toast, toasts } from "./toast-store.ts";

test("of many notices at once ana sees the last three, and dismisses the one she means", () => {
  const ids = ["one", "two", "three", "four"].map((title) => toast({ title }));
  expect(toasts.get().map(({ title }) => title)).toEqual(["two", "three", "four"]);
  dismissToast(ids[2] ?? 0);
  expect(toasts.get().map(({ title }) => title)).toEqual(["two", "four"]);
});
