import type { MyRoom, UnreadThread } from "#shared/rooms.ts";
import { badgeText } from "#ui/kit/badge.tsx";

/** How loudly a room speaks up in the list. */
export type Weight = { isStrong: boolean; count: number; isMention: boolean };

const SILENT: Weight = { isStrong: false, count: 0, isMention: false };

/**
 * Weight is unread, yellow is my name; a room's level says which of them reach me. A muted room stays light, but does not hide
 * that somebody asks for me in it.
 */
export function weightOf({ unread, mentions, level }: Pick<MyRoom, "unread" | "mentions" | "level">): Weight {
  if (mentions > 0) return { isStrong: level !== "nothing", count: mentions, isMention: true };
  if (level !== "all" || unread === 0) return SILENT;
  return { isStrong: true, count: unread, isMention: false };
}

/** What asks for me by name, over all rooms that are not muted: mentions, everything in direct rooms, and threads with a mention. */
export function callsIn(rooms: Iterable<MyRoom>, threads: readonly UnreadThread[]): number {
  let calls = 0;
  const called = threads.filter(({ isCalled }) => isCalled);
  for (const room of rooms) {
    if (room.archivedAt !== null || room.level === "nothing") continue;
    const { count, isMention } = weightOf(room);
    if (isMention || room.kind === "direct") calls += count;
    calls += called.filter(({ roomId }) => roomId === room.id).length;
  }
  return calls;
}

/** Whether another room than this one is new, or a thread, or holds something for me by name: as loud as in the list. */
export function waitsBeside(
  rooms: Iterable<MyRoom>,
  threads: readonly UnreadThread[],
  here: string | null,
): "called" | "unread" | null {
  const others = [...rooms].filter((room) => room.id !== here && room.archivedAt === null);
  const strong = others.map(weightOf).filter(({ isStrong }) => isStrong);
  if (strong.some(({ isMention }) => isMention) || threads.some(({ isCalled }) => isCalled)) return "called";
  return strong.length + threads.length > 0 ? "unread" : null;
}

/** A page's title with what waits in front of it: "(3) #lobby, Earshot". */
export function countedTitle(title: string, calls: number): string {
  const bare = title.replace(/^\(\d+\+?\) /, "");
  return calls > 0 ? `(${badgeText(calls)}) ${bare}` : bare;
}
