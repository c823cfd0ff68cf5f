import { isInCode } from "./code.ts";
import type { Edit } from "./edit.ts";

export type TriggerKind = "person" | "room" | "emoji";
/** What is being named at the caret: `@be` from `start`, with the query `be`. */
export type Trigger = { kind: TriggerKind; start: number; query: string };

const KINDS: Record<string, TriggerKind> = { "@": "person", "#": "room", ":": "emoji" };
/** Longer than any name; what is looked at must not grow with the text. */
const REACH = 100;
/** A sign counts at the start of a word only: not in an email address, a URL, or a time of day. */
const AT_END = /(?:^|[\s([{"'“‘*_~>|])(?:([@#])([\p{L}\p{N}._-]{0,80})|(:)([a-z0-9_+-]{2,50}))$/iu;
/** `:tada:`, its last colon just typed. */
const COMPLETED = /(?:^|[\s([{"'“‘*_~>|]|\p{Extended_Pictographic}|\uFE0F)(:([a-z0-9_+-]{1,50}):)$/iu;

/** What the person at the caret is naming, if anything. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const found = AT_END.exec(windowBefore(text, caret));
  if (!found) return null;
  const sign = found[1] ?? found[3];
  const query = found[2] ?? found[4] ?? "";
  const kind = KINDS[sign ?? ""];
  if (!kind || isInCode(text, caret)) return null;
  return { kind, start: caret - query.length - 1, query };
}

/** More codes than these in one paste are a table of codes, which wants to stay one. */
const CODES_MAX = 50;

/** The change that makes emoji of the codes that end between `from` and the caret; null when none of them is one. */
export function withEmoji(
  text: string,
  from: number,
  caret: number,
  emojiFor: (code: string) => string | undefined,
): Edit | null {
  let done = text.slice(0, from);
  const starts: number[] = [];
  let at = from;
  for (let end = text.indexOf(":", at) + 1; end > 0 && end <= caret; end = text.indexOf(":", at) + 1) {
    done += text.slice(at, end);
    at = end;
    const found = completedShortcode(done, done.length);
    const emoji = found && emojiFor(found.code);
    if (!emoji) continue;
    starts.push(found.start);
    if (starts.length > CODES_MAX) return null;
    done = done.slice(0, found.start) + emoji;
  }
  const [start] = starts;
  if (start === undefined) return null;
  done += text.slice(at, caret);
  return { start, end: caret, insert: done.slice(start), selectStart: done.length, selectEnd: done.length };
}

/** The code of a shortcode that ends at the caret, and where it begins. */
export function completedShortcode(text: string, caret: number): { code: string; start: number } | null {
  const found = COMPLETED.exec(windowBefore(text, caret));
  const [, whole = "", code = ""] = found ?? [];
  if (!code || isInCode(text, caret)) return null;
  return { code, start: caret - whole.length };
}

/** Puts what was picked in the place of what was typed, and one blank after it. */
export function pick(text: string, { start }: Trigger, caret: number, picked: string): Edit {
  const hasBlank = /^\s/.test(text.slice(caret));
  const insert = hasBlank ? picked : `${picked} `;
  const after = start + insert.length + (hasBlank && text[caret] === " " ? 1 : 0);
  return { start, end: caret, insert, selectStart: after, selectEnd: after };
}

/** The end of what stands before the caret: longer than the longest match, so that `^` is only ever the text's own start. */
function windowBefore(text: string, caret: number): string {
  return text.slice(Math.max(0, caret - REACH), caret);
}
