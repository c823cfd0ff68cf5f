import type { FollowedThread } from "#shared/messages.ts";
import type { UnreadThread } from "#shared/rooms.ts";

/** The list in its order, those with something new before the others; how much is new is as the feed told last. */
export function unreadFirst(threads: readonly FollowedThread[], unread: readonly UnreadThread[]): FollowedThread[] {
  const counts = new Map(unread.map((thread) => [thread.rootId, thread.unread]));
  const rows = threads.map((thread) => ({ ...thread, unread: counts.get(thread.root.id) ?? 0 }));
  return [...rows.filter((row) => row.unread > 0), ...rows.filter((row) => row.unread === 0)];
}
