"use client";

import { type ReactNode, type Ref, useImperativeHandle, useMemo } from "react";
import type { Message } from "#shared/messages.ts";
import { useClock } from "#ui/kit/clock.ts";
import { TimelineRow } from "./timeline-row.tsx";
import { timelineRows } from "./timeline-rows.ts";
import { TimelineTop } from "./timeline-top.tsx";
import { useNews } from "./use-news.ts";
import { useOlder } from "./use-older.ts";
import { useTimeline } from "./use-timeline.ts";

export type TimelineHandle = { scrollToEnd(): void };

type Props = {
  roomId: string;
  /** "#lobby" */
  label: string;
  messages: readonly Message[];
  hasOlder: boolean;
  beginning: ReactNode;
  onEndChange: (isAtEnd: boolean) => void;
  ref: Ref<TimelineHandle>;
};

/** As many rows as the first HTML has; the rest come once they have places. */
const IN_FLOW = 64;

/** A room's history, held at its newest end. */
export function Timeline({ roomId, label, messages, hasOlder, beginning, onEndChange, ref }: Props) {
  const clock = useClock();
  const older = useOlder(roomId);
  const rows = useMemo(() => timelineRows(messages, clock.zone, hasOlder), [messages, clock.zone, hasOlder]);
  const list = useTimeline({ rows, hasOlder, onNearTop: older.load, onEndChange });
  const { virtualizer, isCounted } = list;
  const isNews = useNews(messages);
  useImperativeHandle(ref, () => ({ scrollToEnd: list.scrollToEnd }), [list.scrollToEnd]);

  return (
    <section
      ref={list.scroller}
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
        <ol aria-label={`Messages in ${label}`}>
          {isCounted
            ? virtualizer.getVirtualItems().map(({ index, key, start }) => {
                const row = rows[index];
                return (
                  row && (
                    <TimelineRow
                      key={key}
                      row={row}
                      clock={clock}
                      index={index}
                      top={start}
                      arrives={isNews(row)}
                      measure={virtualizer.measureElement}
                    />
                  )
                );
              })
            : rows.slice(-IN_FLOW).map((row) => <TimelineRow key={row.key} row={row} clock={clock} />)}
        </ol>
      </div>
    </section>
  );
}
