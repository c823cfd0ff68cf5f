"use client";

import { REPLIES_COUNTED_MAX } from "#shared/limits.ts";
import type { ThreadSummary } from "#shared/messages.ts";
import { type Clock, dayName, dayOf, timeOf } from "#ui/kit/clock.ts";
import { useMe } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";
import { usePanel } from "#ui/rooms/use-panel.ts";

/** Under a message that was answered in a thread: who, how often, and when last. Opens the thread. */
export function RepliesLine({ rootId, thread, clock }: { rootId: string; thread: ThreadSummary; clock: Clock }) {
  const { panel, openThread } = usePanel();
  const unread = useMe(({ threads }) => threads.find((each) => each.rootId === rootId)?.unread ?? 0);
  return (
    <button
      type="button"
      className={unread > 0 ? "replies unread" : "replies"}
      aria-expanded={panel?.threadRoot === rootId}
      onClick={() => openThread(rootId)}
    >
      <span className="faces">
        {thread.people.map((person) => (
          <Face key={person.id} person={person} size="s" />
        ))}
      </span>
      <b>{repliesWords(thread.count)}</b>
      <span>last {lastWords(thread.lastAt, clock)}</span>
      {unread > 0 && <span className="new">{unread} new</span>}
    </button>
  );
}

export function repliesWords(count: number): string {
  if (count >= REPLIES_COUNTED_MAX) return `${REPLIES_COUNTED_MAX}+ replies`;
  return count === 1 ? "1 reply" : `${count} replies`;
}

function lastWords(at: string, clock: Clock): string {
  const day = dayOf(at, clock.zone);
  return day === clock.today ? `at ${timeOf(at, clock)}` : dayName(day, clock).replace(/^Yesterday, .*/, "yesterday");
}
