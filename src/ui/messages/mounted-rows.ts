import { defaultRangeExtractor, type Range } from "@tanstack/react-virtual";

/** The rows that are mounted: those in view, those near, and the one being edited wherever it is, for its words and its focus live in it. */
export function mountedRows(range: Range, edited: number): number[] {
  const near = defaultRangeExtractor(range);
  if (edited < 0 || near.includes(edited)) return near;
  return [...near, edited].sort((a, b) => a - b);
}
