import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { Emoji } from "#shared/emoji.ts";
import { emojiData, emojiMessages } from "./emoji-source.ts";

type Entry = { emoji: string; skins?: { emoji: string }[]; shortcodes: string[] };
const served = (file: string) => readFile(new URL(`../public/emoji/en/${file}`, import.meta.url), "utf8");

test("the server takes every emoji that the picker offers, in every skin tone", async () => {
  const entries = JSON.parse(await served("data.json")) as Entry[];
  expect(entries.length).toBeGreaterThan(1800);
  const offered = entries.flatMap(({ emoji, skins = [] }) => [emoji, ...skins.map((skin) => skin.emoji)]);
  expect(offered.filter((emoji) => !Emoji.safeParse(emoji).success)).toEqual([]);
});

test("every emoji has a shortcode, and no two share one", async () => {
  const entries = JSON.parse(await served("data.json")) as Entry[];
  expect(entries.filter(({ shortcodes }) => shortcodes.length === 0)).toEqual([]);
  const codes = entries.flatMap(({ shortcodes }) => shortcodes);
  expect(codes.filter((code, place) => codes.indexOf(code) !== place)).toEqual([]);
  expect(codes.filter((code) => !/^[a-z0-9_+-]+$/.test(code))).toEqual([]);
});

test("what is served is what the package holds", async () => {
  expect(await served("data.json")).toBe(emojiData());
  expect(await served("messages.json")).toBe(emojiMessages());
});
