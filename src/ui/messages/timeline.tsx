"use client";

import { type ReactNode, type Ref, type RefObject, useImperativeHandle } from "react";
import type { Message } from "#shared/messages.ts";
import type { Clock } from "#ui/kit/clock.ts";
import { useConversation, useConversationState } from "./conversation.ts";
import type { Place } from "./places.ts";
import { type RowLook, TimelineRow } from "./timeline-row.tsx";
import type { TimelineRow as Row } from "./timeline-rows.ts";
import { TimelineTop } from "./timeline-top.tsx";
import { useListKeys } from "./use-list-keys.ts";
import { useMessageActs } from "./use-message-acts.ts";
import { useNews } from "./use-news.ts";
import { useNewer, useOlder } from "./use-older.ts";
import { useTimeline } from "./use-timeline.ts";

export type TimelineHandle = {
  scrollToEnd(): void;
  /** Answers false when the row is not loaded. */
  scrollToRow(key: string): boolean;
  scroller: RefObject<HTMLElement | null>;
};

type Props = {
  messages: readonly Message[];
  rows: readonly Row[];
  clock: Clock;
  hasOlder: boolean;
  hasNewer: boolean;
  start: Place | null;
  targetId: string | null;
  beginning: ReactNode;
  /** What stands behind the last word of a message. */
  afterOf: (message: Message) => ReactNode;
  onEndChange: (isAtEnd: boolean, shownTo?: number) => void;
  ref: Ref<TimelineHandle>;
};

/** As many rows as the first HTML has; the rest come once they have places. */
const IN_FLOW = 64;
/** How far from the upper edge one is led to a row: what was said before it is its context. */
export const LEAD = 120;

/** A room's history, held at its newest end. */
export function Timeline(props: Props) {
  const { messages, rows, clock, hasOlder, hasNewer, start, targetId, beginning, afterOf, onEndChange, ref } = props;
  const { conversation, label } = useConversation();
  const { roomId } = conversation;
  const [older, newer] = [useOlder(roomId), useNewer(roomId)];
  const loading = { onNearTop: older.load, onNearBottom: newer.load };
  const editing = useConversationState(conversation, (now) => now.editing);
  const list = useTimeline({ roomId, rows, hasOlder, hasNewer, start, editing, ...loading, onEndChange });
  const { virtualizer, isCounted, scroller, scrollToEnd, scrollToRow } = list;
  const isNews = useNews(messages);
  const keys = useListKeys(conversation, useMessageActs(), (id) => messages.find((message) => message.id === id));
  const tabStop = keys.tabStop ?? messages.at(-1)?.id;
  useImperativeHandle(ref, () => ({ scrollToEnd, scrollToRow: (key) => scrollToRow(key, LEAD), scroller }), [
    scrollToEnd,
    scrollToRow,
    scroller,
  ]);

  const lookOf = (row: Row): RowLook =>
    row.kind !== "message"
      ? {}
      : {
          arrives: isNews(row),
          isTarget: row.key === targetId,
          isTabStop: row.key === tabStop,
          after: afterOf(row.message),
        };
  return (
    <section
      ref={scroller}
      className={isCounted ? "scroll counted" : "scroll"}
      {...list.hands}
      aria-label={`History of ${label}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
    >
      <div className="flow" style={isCounted ? { height: virtualizer.getTotalSize() } : undefined}>
        <div ref={list.top} className="top">
          <TimelineTop hasOlder={hasOlder} hasFailed={older.hasFailed} onRetry={older.retry} beginning={beginning} />
        </div>
        <ol aria-label={`Messages in ${label}`} {...keys.on}>
          {isCounted
            ? virtualizer.getVirtualItems().map(({ index, key, start }) => {
                const row = rows[index];
                const place = { index, top: start, measure: virtualizer.measureElement };
                return row && <TimelineRow key={key} row={row} clock={clock} look={lookOf(row)} {...place} />;
              })
            : rows
                .slice(-IN_FLOW)
                .map((row) => <TimelineRow key={row.key} row={row} clock={clock} look={lookOf(row)} />)}
        </ol>
      </div>
      {newer.hasFailed && (
        <p className="older-failed newer-failed" role="alert">
          Newer messages didn't load.
          <button type="button" className="text-button" onClick={newer.retry}>
            Try again
          </button>
        </p>
      )}
    </section>
  );
}
