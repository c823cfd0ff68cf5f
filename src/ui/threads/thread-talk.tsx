"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import type { Message } from "#shared/messages.ts";
import type { Room } from "#shared/rooms.ts";
import { useClock } from "#ui/kit/clock.ts";
import { useConversation } from "#ui/messages/conversation.ts";
import { ConversationFoot } from "#ui/messages/conversation-foot.tsx";
import { MessageFloats } from "#ui/messages/message-floats.tsx";
import { MessageRow } from "#ui/messages/message-row.tsx";
import type { OutboxPlace } from "#ui/messages/outbox-entry.ts";
import { OutboxList } from "#ui/messages/outbox-list.tsx";
import { RowContent } from "#ui/messages/timeline-row.tsx";
import { timelineRows } from "#ui/messages/timeline-rows.ts";
import { TypingLine } from "#ui/messages/typing-line.tsx";
import { useListKeys } from "#ui/messages/use-list-keys.ts";
import { useLooseRows } from "#ui/messages/use-loose-rows.ts";
import { useMessageActs } from "#ui/messages/use-message-acts.ts";
import { useReading } from "#ui/messages/use-reading.ts";
import { useUnsent } from "#ui/messages/use-unsent.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { repliesWords } from "./replies-line.tsx";
import { useStuck } from "./use-stuck.ts";
import type { useThread } from "./use-thread.ts";
import { useThreadTarget } from "./use-thread-target.ts";

type Props = { room: Room; rootId: string; thread: ReturnType<typeof useThread> };
const NONE: ReadonlyMap<string, Message> = new Map();

/** The root, its replies, and where one writes the next. */
export function ThreadTalk({ room, rootId, thread }: Props) {
  const { outbox, viewer } = useChat();
  const { conversation } = useConversation();
  const clock = useClock();
  const scroller = useRef<HTMLElement>(null);
  const { messages, window, state, isFollowing, older } = thread;
  const known = state?.messages ?? NONE;
  const root = known.get(rootId);
  const unsent = useUnsent(room.id, rootId, known);
  const reach = { floor: window?.floor ?? 0, hasOlder: window?.hasOlder ?? false };
  const told = isFollowing ? window?.lastReadSeq : undefined;
  // Where reading had stopped when the thread was opened.
  const [readUntil] = useState(isFollowing ? (window?.lastReadSeq ?? null) : null);
  const { seeAll } = useReading({ scroller, messages, reach, told, isOff: false, mark: thread.mark });
  const all = useMemo(() => (root ? [root, ...messages] : messages), [root, messages]);
  useLooseRows(room.id, all, known);
  const rows = useMemo(
    () => timelineRows(messages, { zone: clock.zone, hasOlder: true, known, readUntil, viewerId: viewer.id }),
    [messages, clock.zone, known, readUntil, viewer.id],
  );
  const stuck = useStuck(scroller, messages[0]?.id, older.load);
  const targetId = useThreadTarget(scroller, messages, stuck.leave, older.load);
  const find = (id: string) => (id === rootId ? root : messages.find((message) => message.id === id));
  const keys = useListKeys(conversation, useMessageActs(), find);
  const tabStop = keys.tabStop ?? messages.at(-1)?.id ?? rootId;
  const send = (body: string, place: OutboxPlace) => {
    seeAll();
    outbox.add(room.id, body, place);
    stuck.toEnd();
  };
  const waiting = unsent.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what waits takes room below, and one's own words are in view
  useEffect(() => {
    if (waiting > 0) stuck.toEnd();
  }, [waiting]);

  return (
    <>
      <section
        ref={scroller}
        className="scroll"
        aria-label="The thread"
        onScroll={stuck.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        tabIndex={0}
      >
        <div className="flow">
          <ol aria-label="Replies" {...keys.on}>
            {root && (
              <li>
                <MessageRow
                  message={root}
                  quoted={root.replyTo === null ? null : (known.get(root.replyTo) ?? null)}
                  isHead
                  clock={clock}
                  isTabStop={tabStop === rootId}
                />
              </li>
            )}
            {root && <li className="count">{root.thread ? repliesWords(root.thread.count) : "No replies yet"}</li>}
            {older.hasFailed && (
              <li className="older-failed" role="alert">
                Older replies didn't load.
                <button type="button" className="text-button" onClick={older.retry}>
                  Try again
                </button>
              </li>
            )}
            {rows.map((row) => {
              const look = { isTabStop: row.key === tabStop, isTarget: row.key === targetId };
              return (
                <li key={row.key}>
                  <RowContent row={row} clock={clock} look={look} />
                </li>
              );
            })}
          </ol>
        </div>
      </section>
      <div className="unsent">
        <OutboxList entries={unsent} last={messages.at(-1)} />
      </div>
      <TypingLine roomId={room.id} threadRoot={rootId} />
      <ConversationFoot room={room} messages={messages} placeholder="Reply" onSend={send} />
      <MessageFloats />
    </>
  );
}
