"use client";

import { type Range, useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { mountedRows } from "./mounted-rows.ts";
import { keepPlace, type Place } from "./places.ts";
import type { TimelineRow } from "./timeline-rows.ts";
import { NEAR_END, useEnd } from "./use-end.ts";
import { useHeight } from "./use-height.ts";

/** How near an edge of what is loaded the next page is asked for. */
const NEAR_EDGE = 1000;

/** What the rows measured while they all lay in the flow, so that counting them moves nothing. */
type Count = { sizes: ReadonlyMap<string, number>; topHeight: number; fromEnd: number };

type Options = {
  roomId: string;
  rows: readonly TimelineRow[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** The row to begin at, and how far below the upper edge; null begins at the newest end. */
  start: Place | null;
  /** The row being edited. */
  editing: string | null;
  onNearTop: () => void;
  onNearBottom: () => void;
  /** Where the list begins away from its end, with the seq of the last message that is then on screen. */
  onEndChange: (isAtEnd: boolean, shownTo?: number) => void;
};

/** The list's places: first everything in the flow, then only what is in view, held at its end while one is there. */
export function useTimeline(options: Options) {
  const { roomId, rows, hasOlder, hasNewer, start, editing, onNearTop, onNearBottom, onEndChange } = options;
  const scroller = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState<Count | null>(null);

  useLayoutEffect(() => setCount(countRows(scroller.current, top.current)), []);

  const edited = editing === null ? -1 : rows.findIndex((row) => row.key === editing);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    enabled: count !== null,
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    estimateSize: (index) => guess(rows[index], count),
    overscan: 8,
    rangeExtractor: useCallback((range: Range) => mountedRows(range, edited), [edited]),
    anchorTo: "end",
    // What follows a visit is the next page, and not news.
    followOnAppend: !hasNewer,
    scrollEndThreshold: NEAR_END,
    paddingStart: count?.topHeight ?? 0,
  });

  const isCounted = count !== null;
  const startIndex = start ? rows.findIndex((row) => row.key === start.key) : -1;
  const startAt = useCallback(() => {
    // Not getOffsetForIndex, which stops at the end: less the lead, a line near the end would be shown above it, and the news below the edge.
    const offset = virtualizer.measurementsCache[startIndex]?.start;
    return offset === undefined ? null : Math.max(0, offset - (start?.lead ?? 0));
  }, [virtualizer, startIndex, start]);
  const holds = !hasNewer;
  const end = useEnd({
    scroller,
    top,
    virtualizer,
    isCounted,
    fromEnd: count?.fromEnd ?? 0,
    startAt,
    holds,
    onEndChange: (isNowAtEnd, lastShown) => onEndChange(isNowAtEnd, seqUpTo(rows, lastShown)),
  });
  const onTopHeight = useCallback((topHeight: number) => {
    setCount((known) => (known && known.topHeight !== topHeight ? { ...known, topHeight } : known));
  }, []);
  useHeight(top, isCounted, onTopHeight);

  const offset = virtualizer.scrollOffset ?? 0;
  const isNearTop = isCounted && hasOlder && offset < NEAR_EDGE;
  const left = virtualizer.getTotalSize() - offset - (virtualizer.scrollRect?.height ?? 0);
  const isNearBottom = isCounted && hasNewer && left < NEAR_EDGE;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that changed nothing about being near the top leads to the next
  useEffect(() => {
    if (isNearTop) onNearTop();
  }, [isNearTop, onNearTop, rows.length]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same below
  useEffect(() => {
    if (isNearBottom) onNearBottom();
  }, [isNearBottom, onNearBottom, rows.length]);
  // The second page as soon as the room opens: the first scroll must not meet ghosts.
  useEffect(() => {
    if (isCounted) onNearTop();
  }, [isCounted, onNearTop]);

  const { isAtEnd } = end;
  useEffect(
    () => () => {
      const first = virtualizer.getVirtualItems().find((item) => item.end > (virtualizer.scrollOffset ?? 0));
      const isPlace = first && !isAtEnd.current;
      keepPlace(
        roomId,
        isPlace ? { key: String(first.key), lead: first.start - (virtualizer.scrollOffset ?? 0) } : null,
      );
    },
    [virtualizer, roomId, isAtEnd],
  );

  const scrollToRow = useCallback(
    (key: string, lead: number) => {
      const index = rows.findIndex((row) => row.key === key);
      const at = virtualizer.measurementsCache[index]?.start;
      if (at === undefined) return false;
      end.leave();
      virtualizer.scrollToOffset(Math.max(0, at - lead));
      return true;
    },
    [rows, virtualizer, end.leave],
  );

  return { scroller, top, virtualizer, isCounted, scrollToRow, scrollToEnd: end.scrollToEnd, hands: end.hands };
}

/** The seq of the message at this row, or of the one above it. */
function seqUpTo(rows: readonly TimelineRow[], index = -1): number | undefined {
  const row = rows.slice(0, index + 1).findLast((one) => one.kind === "message");
  return row?.kind === "message" ? row.message.seq : undefined;
}

function countRows(scroller: HTMLElement | null, top: HTMLElement | null): Count {
  const sizes = new Map<string, number>();
  for (const slot of scroller?.querySelectorAll<HTMLElement>(".slot") ?? [])
    sizes.set(slot.dataset.key ?? "", slot.getBoundingClientRect().height);
  return { sizes, topHeight: top?.offsetHeight ?? 0, fromEnd: Math.abs(scroller?.scrollTop ?? 0) };
}

function guess(row: TimelineRow | undefined, count: Count | null): number {
  const known = row && count?.sizes.get(row.key);
  if (known !== undefined) return known;
  if (row?.kind !== "message") return 44;
  const { message, isHead } = row;
  const lines = message.body.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 72)), 0);
  const extras = (message.reactions.length > 0 ? 32 : 0) + (message.thread ? 32 : 0) + (message.replyTo ? 22 : 0);
  return (isHead ? 38 : 2) + 22 * lines + extras;
}
