"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { TimelineRow } from "./timeline-rows.ts";
import { NEAR_END, useEnd } from "./use-end.ts";
import { useHeight } from "./use-height.ts";

/** How near the top older messages are asked for. */
const NEAR_TOP = 1000;

/** What the rows measured while they all lay in the flow, so that counting them moves nothing. */
type Count = { sizes: ReadonlyMap<string, number>; topHeight: number; fromEnd: number };

type Options = {
  rows: readonly TimelineRow[];
  hasOlder: boolean;
  onNearTop: () => void;
  onEndChange: (isAtEnd: boolean) => void;
};

/** The list's places: first everything in the flow, then only what is in view, held at its end while one is there. */
export function useTimeline({ rows, hasOlder, onNearTop, onEndChange }: Options) {
  const scroller = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState<Count | null>(null);

  useLayoutEffect(() => setCount(countRows(scroller.current, top.current)), []);

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    enabled: count !== null,
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    estimateSize: (index) => guess(rows[index], count),
    overscan: 8,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
    paddingStart: count?.topHeight ?? 0,
  });

  const isCounted = count !== null;
  const end = useEnd({ scroller, top, virtualizer, isCounted, fromEnd: count?.fromEnd ?? 0, onEndChange });
  const onTopHeight = useCallback((topHeight: number) => {
    setCount((known) => (known && known.topHeight !== topHeight ? { ...known, topHeight } : known));
  }, []);
  useHeight(top, isCounted, onTopHeight);

  const isNearTop = isCounted && hasOlder && (virtualizer.scrollOffset ?? 0) < NEAR_TOP;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that changed nothing about being near the top leads to the next
  useEffect(() => {
    if (isNearTop) onNearTop();
  }, [isNearTop, onNearTop, rows.length]);

  return { scroller, top, virtualizer, isCounted, ...end };
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
  const lines = row.message.body.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 72)), 0);
  return (row.isHead ? 38 : 2) + 22 * lines;
}
