"use client";

import type { Virtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
} from "react";

/** How near the end, in px, counts as being there. */
export const NEAR_END = 80;
/** A wheel or a finger keeps moving the list for about this long. */
const HAND_MS = 400;
/** Its press begins to scroll by moving, in browsers that do so. */
const MIDDLE_BUTTON = 1;
const SCROLLING_KEYS = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);

type Options = {
  scroller: RefObject<HTMLElement | null>;
  top: RefObject<HTMLElement | null>;
  virtualizer: Virtualizer<HTMLDivElement, HTMLLIElement>;
  isCounted: boolean;
  /** How far from the end one was, in px, when the rows were counted. */
  fromEnd: number;
  /** Where to begin, in px from the upper end; null begins where one is. */
  startAt: () => number | null;
  /** Whether the list ends with the newest: only then is its end a place to be held at. */
  holds: boolean;
  /** Where the list begins away from its end, with the last row that is then on screen. */
  onEndChange: (isAtEnd: boolean, lastShown?: number) => void;
};

/**
 * Holds the list at its end while one is there: a composer that grows, a message that waits, a window that turns must
 * not push the newest words out of view. Only scrolling leaves the end.
 */
export function useEnd(options: Options) {
  const { scroller, top, virtualizer, isCounted, fromEnd, startAt, holds, onEndChange } = options;
  const isAtEnd = useRef(true);
  const isHolding = useRef(holds);
  isHolding.current = holds;
  const shape = useRef("");
  const handAt = useRef(Number.NEGATIVE_INFINITY);

  // By reference: whoever is told is another with every message, and the list must not begin anew for that.
  const tell = useRef(onEndChange);
  tell.current = onEndChange;

  const scrollToEnd = useCallback(() => {
    isAtEnd.current = true;
    tell.current(true);
    virtualizer.scrollToEnd();
  }, [virtualizer]);

  const leave = useCallback((lastShown?: number) => {
    isAtEnd.current = false;
    tell.current(false, lastShown);
  }, []);

  const start = useRef({ fromEnd, startAt });
  start.current = { fromEnd, startAt };
  useLayoutEffect(() => {
    if (!isCounted) return;
    const view = scroller.current?.clientHeight ?? 0;
    const at = start.current.startAt();
    const fromEnd = at === null ? start.current.fromEnd : virtualizer.getTotalSize() - view - at;
    if (fromEnd <= NEAR_END && isHolding.current) return scrollToEnd();
    const offset = virtualizer.getTotalSize() - view - fromEnd;
    leave(virtualizer.getVirtualItemForOffset(offset + view)?.index);
    virtualizer.scrollToOffset(offset);
  }, [isCounted, virtualizer, scroller, leave, scrollToEnd]);

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
    const now = isHolding.current && distanceFromEnd(scroller.current) <= NEAR_END;
    if (now === isAtEnd.current) return;
    // The list or the window changed under us, and nobody touched it: that is no wish to leave the end.
    if (!now && before !== shape.current && !isInHand(handAt.current)) return virtualizer.scrollToEnd();
    isAtEnd.current = now;
    tell.current(now);
  }, [virtualizer, scroller]);

  const onHand = useCallback(() => {
    handAt.current = performance.now();
  }, []);
  // Pressing something in a row moves no list: what comes of it, a quote or a reaction, must not push the end away.
  const onPointerDown = useCallback(({ target, currentTarget, button }: PointerEvent) => {
    const isOnScrollbar = target === currentTarget;
    if (isOnScrollbar || button === MIDDLE_BUTTON) handAt.current = performance.now();
  }, []);
  const onKeyDown = useCallback(({ key, target }: KeyboardEvent) => {
    if (SCROLLING_KEYS.has(key) && !isField(target) && !(key === " " && isPressed(target)))
      handAt.current = performance.now();
  }, []);

  return {
    isAtEnd,
    leave,
    scrollToEnd,
    hands: { onScroll, onWheel: onHand, onTouchMove: onHand, onPointerDown, onKeyDown },
  };
}

/** Space presses these, and scrolls nothing. */
function isPressed(target: EventTarget): boolean {
  return target instanceof Element && target.closest("button, a") !== null;
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
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
