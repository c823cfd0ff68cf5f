/** Browsers and servers agree on addresses up to about this length. */
export const LONGEST_ADDRESS = 2048;
const LONGEST_LOCAL_PART = 64;

const WEB = /(?:https?:\/\/|www\.)(?=[\p{L}\p{N}[])/iuy;
const MAIL = /mailto:(?=[^\s@]{1,64}@)/iy;
const HOST = /(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![a-z0-9-])/iy;
const IN_LOCAL_PART = /[\w.+%-]/;
const WORD = /[\p{L}\p{N}]/u;

const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{", ">": "<" };
const TRAILING = new Set([".", ",", ";", ":", "!", "?", "'", '"', "”", "’", "*", "_", "~"]);
/** White space, control characters, and those that are not seen but turn the direction of what is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be in an address
const UNFIT = /[\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"<>`]/;

/**
 * The address that begins at `at`: http, https, mailto or a bare `www.`. Without the full stop of the sentence, and
 * without the bracket that was opened before it. A word too long to be a link is to be skipped whole, or it would be read
 * again from each of its letters.
 */
export function addressAt(text: string, at: number): { to: number; isLink: boolean } | null {
  if (at > 0 && WORD.test(text[at - 1] as string)) return null;
  WEB.lastIndex = MAIL.lastIndex = at;
  if (!WEB.test(text) && !MAIL.test(text)) return null;
  const word = wordEnd(text, at);
  if (word - at > LONGEST_ADDRESS) return { to: word, isLink: false };
  const to = trimmedEnd(text, at, word);
  return hrefOfWritten(text.slice(at, to)) ? { to, isLink: true } : null;
}

/** The mail address around the `@` at `at`. It never begins before `floor`, where something else ends. */
export function mailAround(text: string, at: number, floor: number): { from: number; to: number } | null {
  let from = at;
  const earliest = Math.max(floor, at - LONGEST_LOCAL_PART);
  while (from > earliest && IN_LOCAL_PART.test(text[from - 1] as string)) from--;
  while (from < at && /[._%+-]/.test(text[from] as string)) from++;
  if (from === at || (from > 0 && WORD.test(text[from - 1] as string))) return null;
  HOST.lastIndex = at + 1;
  const host = HOST.exec(text);
  if (!host) return null;
  return { from, to: at + 1 + host[0].length };
}

/**
 * What a link may lead to, or null. The scheme is one of ours or there is no link, so no text can turn into a script;
 * whether the rest leads anywhere is for the browser to say.
 */
export function hrefOf(address: string): string | null {
  if (address.length > LONGEST_ADDRESS || UNFIT.test(address)) return null;
  const colon = address.indexOf(":");
  const scheme = address.slice(0, colon).toLowerCase();
  const rest = address.slice(colon + 1);
  if (scheme === "mailto") return /^[^@]+@[^@]+$/.test(rest) ? `mailto:${rest}` : null;
  if (scheme !== "http" && scheme !== "https") return null;
  return /^\/\/[\p{L}\p{N}[]/u.test(rest) ? `${scheme}:${rest}` : null;
}

/** Of an address as it stands in a text: `www.` and bare mail addresses come without a scheme. */
export function hrefOfWritten(address: string): string | null {
  if (/^www\./i.test(address)) return hrefOf(`https://${address}`);
  return hrefOf(/^(?:https?|mailto):/i.test(address) ? address : `mailto:${address}`);
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !UNFIT.test(text[end] as string)) end++;
  return end;
}

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
