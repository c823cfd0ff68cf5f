import { useSyncExternalStore } from "react";

/** The data that both the picker and the shortcodes read, from our own origin: public/emoji, written by scripts/emoji-data.ts. */
export const EMOJI_URL = "/emoji";

export type EmojiEntry = {
  emoji: string;
  label: string;
  shortcodes: string[];
  tags: string[];
  /** In each skin tone, 1 the lightest and 5 the darkest; of two people only those whose tones agree are of use here. */
  skins?: { emoji: string; tone: number | number[] }[];
};
export type Shortcodes = {
  /** The emoji of a code without its colons. */
  emojiFor: (code: string) => string | undefined;
  /** The best matches of what was typed, the code itself first. */
  search: (query: string, most: number) => EmojiEntry[];
};

let loading: Promise<Shortcodes> | undefined;
let loaded: Shortcodes | null = null;
const waiting = new Set<() => void>();

/** Fetched when the first colon is typed, and kept. A failure is forgotten, so that the next colon tries again. */
export function loadShortcodes(): Promise<Shortcodes> {
  loading ??= fetch(`${EMOJI_URL}/en/data.json`)
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`emoji: ${response.status}`))))
    .then((entries: EmojiEntry[]) => {
      loaded = shortcodesOf(entries);
      for (const tell of waiting) tell();
      return loaded;
    })
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** The same on screen: null until they are there. Without an answer codes stay words until somebody asks with success. */
export function useShortcodes(): Shortcodes | null {
  return useSyncExternalStore(
    onLoaded,
    () => loaded,
    () => null,
  );
}

function onLoaded(tell: () => void): () => void {
  waiting.add(tell);
  if (!loaded) loadShortcodes().catch(() => {});
  return () => void waiting.delete(tell);
}

export function shortcodesOf(entries: readonly EmojiEntry[]): Shortcodes {
  const byCode = new Map(entries.flatMap((entry) => entry.shortcodes.map((code) => [code, entry.emoji] as const)));
  return {
    emojiFor: (code) => byCode.get(code.toLowerCase()),
    search: (query, most) => search(entries, query.toLowerCase(), most),
  };
}

function search(entries: readonly EmojiEntry[], query: string, most: number): EmojiEntry[] {
  const ranked = entries
    .map((entry) => ({ entry, rank: rankOf(entry, query) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY);
  // Stable: among equals the order is Unicode's, in which faces come first.
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** 0 is the code itself, 1 the name in words; then what begins with the query, what holds it, what is tagged with it. */
function rankOf({ label, shortcodes, tags }: EmojiEntry, query: string): number {
  if (shortcodes.includes(query)) return 0;
  const names = [label.toLowerCase(), ...shortcodes];
  if (names.includes(query)) return 1;
  if (names.some((name) => name.startsWith(query))) return 2;
  if (names.some((name) => name.includes(query))) return 3;
  if (tags.some((tag) => tag.startsWith(query))) return 4;
  return Number.POSITIVE_INFINITY;
}
