import { expect, test } from "vitest";
import { part } from "./part.ts";

test("a part that did not come is asked for again, and then stays", async () => {
  const Came = () => null;
  let asked = 0;
  const menu = part(async () => {
    asked++;
    if (asked === 1) throw new Error("offline");
    return Came;
  });
  await expect(menu.load()).rejects.toThrow("offline");
  expect(menu.get()).toBeNull();
  await menu.load();
  await menu.load();
  expect(menu.get()).toBe(Came);
  expect(asked).toBe(2);
});
