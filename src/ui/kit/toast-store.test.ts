import { expect, test } from "vitest";
import { dismissToast, toast, toasts } from "./toast-store.ts";

test("what is said again is shown once, as the newest", () => {
  toast({ title: "gone" });
  toast({ title: "kept", body: "first" });
  const again = toast({ title: "gone" });
  toast({ title: "kept", body: "second" });
  expect(toasts.get().map(({ title, body }) => body ?? title)).toEqual(["first", "gone", "second"]);
  dismissToast(again);
  expect(toasts.get().map(({ body }) => body)).toEqual(["first", "second"]);
});

test("of many notices at once ana sees the last three, and dismisses the one she means", () => {
  const ids = ["one", "two", "three", "four"].map((title) => toast({ title }));
  expect(toasts.get().map(({ title }) => title)).toEqual(["two", "three", "four"]);
  dismissToast(ids[2] ?? 0);
  expect(toasts.get().map(({ title }) => title)).toEqual(["two", "four"]);
});
