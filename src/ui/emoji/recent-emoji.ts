"use client";

import { useMemo } from "react";
import { isEmoji } from "#shared/one-emoji.ts";
import { keep, read, useKept } from "#ui/kit/kept.ts";

const KEY = "emoji-recent";
/** In a row of the picker. */
export const COLUMNS = 8;
/** One row of it. */
const MOST = COLUMNS;
/** What a new person is offered. */
export const USUAL_EMOJI: readonly string[] = ["👍", "❤️", "😄", "🎉", "👀", "✅", "🙏", "🚀"];

/** The emoji that were used last on this device, newest first, filled up with the usual ones. */
export function useRecentEmoji(): readonly string[] {
  const [stored] = useKept(KEY, "");
  return useMemo(() => recentOf(stored), [stored]);
}

export function noteEmoji(emoji: string): void {
  keep(KEY, [emoji, ...recentOf(read(KEY) ?? "").filter((other) => other !== emoji)].slice(0, MOST).join(" "));
}

export function recentOf(stored: string): string[] {
  const used = stored.split(" ").filter(isEmoji);
  return [...new Set([...used, ...USUAL_EMOJI])].slice(0, MOST);
}
