import { expect, test } from "vitest";
import type { Change } from "#shared/feed.ts";
import { OwnNews } from "./own-news.ts";

const change = (version: number) => ({ type: "room", version }) as Change;
const news = (...versions: number[]) => {
  const own = new OwnNews();
  for (const version of versions) own.keep(change(version));
  return own;
};
const versions = (found: Change[] | null) => found?.map(({ version }) => version);

test("whoever has every number has everything, in order, in whatever order it came", () => {
  expect(versions(news(7, 5, 6).between(4, 7))).toEqual([5, 6, 7]);
  expect(versions(news(5, 6, 7).between(5, 6))).toEqual([6]);
});

test("one number that is not ours and nothing is told without a read", () => {
  expect(news(5, 7).between(4, 7)).toBeNull();
  expect(news(6, 7).between(4, 7)).toBeNull();
  expect(news(5, 6).between(4, 7)).toBeNull();
  expect(news().between(4, 5)).toBeNull();
});

test("a number that a bell rung by hand made up costs nothing", () => {
  expect(news(5).between(4, Number.MAX_SAFE_INTEGER)).toBeNull();
});

test("what everybody has is forgotten, and what is doubted", () => {
  const own = news(5, 6, 7);
  own.forgetUpTo(6);
  expect(own.between(4, 5)).toBeNull();
  expect(versions(own.between(6, 7))).toEqual([7]);
  own.forget();
  expect(own.between(6, 7)).toBeNull();
});
