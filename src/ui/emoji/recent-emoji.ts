"use client";

import { useMemo } from "react";
import { isEmoji } from "#shared/one-emoji.ts";
import { keep, read, useKept } from "#ui/kit/kept.ts";

const KEY = "emoji-recent";
/** In a row of the picker. */
export const COLUMNS = 8;
/** One row of it. */
const MOST = COLUMNS;
/** As many are at hand on a message, where hands learn their places. */
export const AT_HAND = 3;
/** What a new person is offered. */
export const USUAL_EMOJI: readonly string[] = ["👍", "❤️", "😄", "🎉", "👀", "✅", "🙏", "🚀"];

/** The emoji that were used last on this device, newest first (those at hand keep their places), filled up with the usual ones. */
export function useRecentEmoji(): readonly string[] {
  const [stored] = useKept(KEY, "");
  return useMemo(() => recentOf(stored), [stored]);
}

export function noteEmoji(emoji: string): void {
  keep(KEY, withUsed(recentOf(read(KEY) ?? ""), emoji).join(" "));
}

export function withUsed(recent: readonly string[], emoji: string): readonly string[] {
  if (recent.slice(0, AT_HAND).includes(emoji)) return recent;
  return [emoji, ...recent.filter((other) => other !== emoji)].slice(0, MOST);
}

export function recentOf(stored: string): string[] {
  const used = stored.split(" ").filter(isEmoji);
  return [...new Set([...used, ...USUAL_EMOJI])].slice(0, MOST);
}
