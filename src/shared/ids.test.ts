import { describe, expect, test, vi } from "vitest";
import { Id } from "./identifiers.ts";
import { newId } from "./ids.ts";

describe("a new id", () => {
  test("is a uuid of version 7 with the RFC's variant", () => {
    for (let i = 0; i < 200; i++)
      expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("begins with its moment, so that rows made one after another lie side by side", () => {
    const momentOf = (id: string) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
    for (const ms of [0, 1, 1_795_180_000_000, 2 ** 40, 2 ** 48 - 1]) expect(momentOf(newId(ms))).toBe(ms);
    const ids = [1, 2, 255, 256, 2 ** 32, 2 ** 41].map((ms) => newId(ms));
    expect([...ids].sort()).toEqual(ids);
  });

  test("is never the same twice within one millisecond", () => {
    expect(new Set(Array.from({ length: 5_000 }, () => newId(7))).size).toBe(5_000);
  });

  test("is made where the browser withholds randomUUID: a server on plain http", () => {
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    expect(newId()).toHaveLength(36);
    vi.unstubAllGlobals();
  });
});

describe("an id that is given", () => {
  test("is any uuid, in whatever case, and compared in lower case", () => {
    const id = newId();
    expect(Id.parse(id.toUpperCase())).toBe(id);
    expect(Id.parse("00000000-0000-0000-0000-000000000000")).toBe("00000000-0000-0000-0000-000000000000");
  });

  test.each([
    "",
    "lobby",
    newId().slice(1),
    `${newId()}0`,
    newId().replaceAll("-", ""),
    `{${newId()}}`,
    `${newId()}\n`,
    "' or 1=1",
    7,
    null,
    undefined,
  ])("is not %j", (text) => {
    expect(Id.safeParse(text).error?.issues[0]?.message).toBeTruthy();
  });
});
