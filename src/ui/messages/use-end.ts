"use client";

import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";

/** How near the end, in px, counts as being there. */
export const NEAR_END = 80;
/** A wheel or a finger keeps moving the list for about this long. */
const HAND_MS = 400;

type Options = {
  scroller: RefObject<HTMLElement | null>;
  top: RefObject<HTMLElement | null>;
  virtualizer: Virtualizer<HTMLDivElement, HTMLLIElement>;
  isCounted: boolean;
  /** How far from the end one was, in px, when the rows were counted. */
  fromEnd: number;
  onEndChange: (isAtEnd: boolean) => void;
};

/**
 * Holds the list at its end while one is there: a composer that grows, a message that waits, a window that turns must
 * not push the newest words out of view. Only scrolling leaves the end.
 */
export function useEnd({ scroller, top, virtualizer, isCounted, fromEnd, onEndChange }: Options) {
  const isAtEnd = useRef(fromEnd <= NEAR_END);
  const shape = useRef("");
  const handAt = useRef(Number.NEGATIVE_INFINITY);

  const scrollToEnd = useCallback(() => {
    isAtEnd.current = true;
    onEndChange(true);
    virtualizer.scrollToEnd();
  }, [virtualizer, onEndChange]);

  const start = useRef(fromEnd);
  start.current = fromEnd;
  useLayoutEffect(() => {
    if (!isCounted) return;
    if (start.current <= NEAR_END) return virtualizer.scrollToEnd();
    isAtEnd.current = false;
    virtualizer.scrollToOffset(virtualizer.getTotalSize() - (scroller.current?.clientHeight ?? 0) - start.current);
  }, [isCounted, virtualizer, scroller]);

  useEffect(() => {
    const flow = top.current?.parentElement;
    if (!isCounted || !scroller.current || !flow) return;
    const view = scroller.current;
    const observer = new ResizeObserver(() => {
      shape.current = shapeOf(view);
      if (isAtEnd.current && !isInHand(handAt.current)) virtualizer.scrollToEnd();
    });
    observer.observe(view);
    observer.observe(flow);
    return () => observer.disconnect();
  }, [isCounted, scroller, top, virtualizer]);

  const onScroll = useCallback(() => {
    const before = shape.current;
    shape.current = shapeOf(scroller.current);
    // From the element: this may run before the virtualizer has heard of the same event.
    const now = distanceFromEnd(scroller.current) <= NEAR_END;
    if (now === isAtEnd.current) return;
    // The list or the window changed under us, and nobody touched it: that is no wish to leave the end.
    if (!now && before !== shape.current && !isInHand(handAt.current)) return virtualizer.scrollToEnd();
    isAtEnd.current = now;
    onEndChange(now);
  }, [virtualizer, onEndChange, scroller]);

  const onHand = useCallback(() => {
    handAt.current = performance.now();
  }, []);

  return {
    scrollToEnd,
    hands: { onScroll, onWheel: onHand, onTouchMove: onHand, onPointerDown: onHand, onKeyDown: onHand },
  };
}

function isInHand(handAt: number): boolean {
  return performance.now() - handAt < HAND_MS;
}

function shapeOf(scroller: HTMLElement | null): string {
  return `${scroller?.scrollHeight} ${scroller?.clientHeight}`;
}

function distanceFromEnd(scroller: HTMLElement | null): number {
  return scroller ? scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop : 0;
}
