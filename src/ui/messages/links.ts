/** A run of a message's text: plain, or something that a click may open. */
export type TextRun = { text: string; href?: string };

/** Browsers and servers agree on addresses up to about this length. */
const LONGEST = 2048;
const S = 115;
const P = 112;
const O = 111;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{", ">": "<" };
const TRAILING = new Set([".", ",", ";", ":", "!", "?", "'", '"', "”", "’", "*", "_", "~"]);

/**
 * Splits text into runs, in one pass and without a regular expression over the whole: what people paste may be long and
 * hostile. Only http, https and mailto become links, so no text can turn into a script.
 */
export function textRuns(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let plainFrom = 0;
  for (let at = nextScheme(text, 0); at !== -1; ) {
    const word = wordEnd(text, at);
    const isCandidate = word - at <= LONGEST && isAtWordStart(text, at);
    const end = isCandidate ? trimmedEnd(text, at, word) : word;
    const href = isCandidate ? hrefOf(text.slice(at, end)) : null;
    if (href) {
      if (at > plainFrom) runs.push({ text: text.slice(plainFrom, at) });
      runs.push({ text: text.slice(at, end), href });
      plainFrom = end;
    }
    // After a word that is no link we go on behind the word, never inside it: every character is looked at a bounded number of times.
    at = nextScheme(text, href ? end : word);
  }
  if (plainFrom < text.length) runs.push({ text: text.slice(plainFrom) });
  return runs;
}

/** Where the next scheme begins. Looks for the rare colon behind an s, p or o, then back from it. */
function nextScheme(text: string, from: number): number {
  for (let colon = text.indexOf(":", from); colon !== -1; colon = text.indexOf(":", colon + 1)) {
    const start = colon - lettersBefore(text, colon);
    if (start < colon && start >= from) return start;
  }
  return -1;
}

/** How many letters of a scheme stand before this colon; none when it is not a scheme's. */
function lettersBefore(text: string, colon: number): number {
  const last = text.charCodeAt(colon - 1) | 32;
  const scheme = last === S ? "https://" : last === P ? "http://" : last === O ? "mailto:" : null;
  if (!scheme) return 0;
  const letters = scheme.indexOf(":");
  return text.slice(colon - letters, colon - letters + scheme.length).toLowerCase() === scheme ? letters : 0;
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return end;
}

/** White space, control characters, quotes and angle brackets end an address. */
function isBreak(code: number): boolean {
  return (
    code <= 32 ||
    code === 34 ||
    code === 60 ||
    code === 62 ||
    code === 96 ||
    code === 160 ||
    (code >= 0x2000 && code <= 0x200f) ||
    code === 0x3000
  );
}

/** Without the full stop of the sentence and the bracket that was opened before the address. */
function trimmedEnd(text: string, start: number, end: number): number {
  const depth: Record<string, number> = {};
  for (let i = start; i < end; i++) {
    const character = text[i] as string;
    depth[character] = (depth[character] ?? 0) + 1;
  }
  while (end > start) {
    const last = text[end - 1] as string;
    const opener = CLOSERS[last];
    const isLoose = opener !== undefined && (depth[last] ?? 0) > (depth[opener] ?? 0);
    if (!isLoose && !TRAILING.has(last)) break;
    depth[last] = (depth[last] ?? 1) - 1;
    end--;
  }
  return end;
}

function isAtWordStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] as string);
}

/** Cheap on purpose: that the scheme is one of ours makes it safe, and whether the rest leads anywhere is for the browser to say. */
function hrefOf(address: string): string | null {
  const colon = address.indexOf(":");
  const scheme = address.slice(0, colon).toLowerCase();
  const isGood = scheme === "mailto" ? /^[^@]+@[^@]+$/ : /^\/\/[\p{L}\p{N}[]/u;
  const rest = address.slice(colon + 1);
  return isGood.test(rest) ? `${scheme}:${rest}` : null;
}
