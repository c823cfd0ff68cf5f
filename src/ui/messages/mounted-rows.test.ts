import { expect, test } from "vitest";
import { mountedRows } from "./mounted-rows.ts";

const inView = { startIndex: 10, endIndex: 12, overscan: 1, count: 40 };

test("the rows in view and a few around them are mounted", () => {
  expect(mountedRows(inView, -1)).toEqual([9, 10, 11, 12, 13]);
});

test("the row that ana edits stays mounted while she looks elsewhere, in its order", () => {
  expect(mountedRows(inView, 2)).toEqual([2, 9, 10, 11, 12, 13]);
  expect(mountedRows(inView, 30)).toEqual([9, 10, 11, 12, 13, 30]);
});

test("a row in view is mounted once", () => {
  expect(mountedRows(inView, 11)).toEqual([9, 10, 11, 12, 13]);
});
