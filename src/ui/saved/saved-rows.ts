import type { FoundMessage } from "#shared/messages.ts";

/** The list as it is now: what is new on top, what was shown in its place, and of what is gone only what `stays`. */
export function savedRows(
  shown: readonly FoundMessage[],
  fresh: readonly FoundMessage[],
  stays: (found: FoundMessage) => boolean,
): FoundMessage[] {
  const now = new Map(fresh.map((found) => [found.message.id, found]));
  const known = new Set(shown.map(({ message }) => message.id));
  const rows = shown.flatMap((found) => now.get(found.message.id) ?? (stays(found) ? [found] : []));
  return [...fresh.filter(({ message }) => !known.has(message.id)), ...rows];
}
