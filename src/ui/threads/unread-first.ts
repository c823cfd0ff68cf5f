import type { FollowedThread } from "#shared/messages.ts";
import type { UnreadThread } from "#shared/rooms.ts";

export type ListedThread = FollowedThread & { isCalled: boolean };

/** The list in its order, those with something new before the others; how much is new, and for whom, is as the feed told last. */
export function unreadFirst(threads: readonly FollowedThread[], unread: readonly UnreadThread[]): ListedThread[] {
  const known = new Map(unread.map((thread) => [thread.rootId, thread]));
  const rows = threads.map((thread) => {
    const { unread = 0, isCalled = false } = known.get(thread.root.id) ?? {};
    return { ...thread, unread, isCalled };
  });
  return [...rows.filter((row) => row.unread > 0), ...rows.filter((row) => row.unread === 0)];
}
