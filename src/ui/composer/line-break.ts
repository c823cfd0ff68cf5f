import { isInFence } from "./code.ts";
import type { Edit } from "./edit.ts";

const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))(\s+)(\[[ xX]\]\s+)?/;
const QUOTE = /^(\s*(?:>\s?)+)/;

/** A line break that goes on with what the line is: the next item, the quotation, the indentation of code. */
export function breakLine(text: string, start: number, end: number): Edit {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const line = text.slice(lineStart, start);
  if (isInFence(text, start)) return insertion(start, end, `\n${/^\s*/.exec(line)?.[0] ?? ""}`);
  const prefix = ITEM.exec(line)?.[0] ?? QUOTE.exec(line)?.[0];
  if (prefix === undefined) return insertion(start, end, "\n");
  // Nothing behind the marker: the list is over, and the marker goes.
  if (line.trim() === prefix.trim() && text.slice(end).split("\n", 1)[0]?.trim() === "")
    return insertion(lineStart, end, "");
  return insertion(start, end, `\n${nextPrefix(prefix)}`);
}

/** `3. ` goes on as `4. `, a ticked box as an open one. */
function nextPrefix(prefix: string): string {
  const item = ITEM.exec(prefix);
  if (!item) return prefix;
  const [, indent = "", bullet, number, dot = "", gap = " ", box] = item;
  return `${indent}${bullet ?? `${Number(number) + 1}${dot}`}${gap}${box ? "[ ] " : ""}`;
}

function insertion(start: number, end: number, insert: string): Edit {
  const after = start + insert.length;
  return { start, end, insert, selectStart: after, selectEnd: after };
}
