import type { InlineContext } from "@lezer/markdown";
import { LONGEST_ADDRESS } from "./addresses.ts";

const LONGEST_TITLE = 1000;
const [OPENS, CLOSES] = [40, 41];

const pairs = new WeakMap<InlineContext, Map<number, number>>();

/** The bracket that closes the one at `at`, or -1. Found once for a text, or a row of brackets would be read from each of them. */
export function closingBracket(cx: InlineContext, at: number): number {
  const known = pairs.get(cx) ?? pairsIn(cx.text);
  pairs.set(cx, known);
  const close = known.get(at - cx.offset);
  return close === undefined ? -1 : close + cx.offset;
}

/** Which bracket closes which. Escaped ones and those in code do not count. */
function pairsIn(text: string): Map<number, number> {
  const found = new Map<number, number>();
  const opened: number[] = [];
  const token = /\\[\s\S]|`+|[[\]]/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [word] = match;
    if (word.startsWith("`")) token.lastIndex = codeEnd(text, match.index, word);
    if (word === "[") opened.push(match.index);
    const open = word === "]" ? opened.pop() : undefined;
    if (open !== undefined) found.set(open, match.index);
  }
  return found;
}

/** Behind the code that these ticks begin; without as many ticks to end it, behind themselves. */
function codeEnd(text: string, from: number, ticks: string): number {
  for (let at = text.indexOf(ticks, from + ticks.length); at !== -1; at = text.indexOf(ticks, at)) {
    let end = at + ticks.length;
    while (text[end] === "`") end++;
    if (end - at === ticks.length) return end;
    at = end;
  }
  return from + ticks.length;
}

/** Where the address ends, and where the whole link does: behind an optional title and the bracket. */
export function targetEnd(cx: InlineContext, from: number): [number, number] {
  const text = cx.slice(from, from + LONGEST_ADDRESS + LONGEST_TITLE);
  const urlLength = text.startsWith("<") ? (/^<[^<>\n]*>/.exec(text)?.[0].length ?? -1) : bareLength(text);
  if (urlLength < 0) return [-1, -1];
  const tail = /^(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)/.exec(text.slice(urlLength));
  return tail ? [from + urlLength, from + urlLength + tail[0].length] : [-1, -1];
}

/** Up to white space, or the bracket that was not opened in it. */
function bareLength(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || (code === CLOSES && depth-- === 0)) return at;
    if (code === OPENS) depth++;
  }
  return text.length;
}
