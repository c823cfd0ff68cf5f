"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";

const NEAR_END = 60;
const NEAR_TOP = 400;

/**
 * Keeps a short list where one reads it: at its end while one is there, and otherwise at the same words, whatever arrives
 * above or below. `firstKey` changes when something was put above.
 */
export function useStuck(scroller: RefObject<HTMLElement | null>, firstKey: string | undefined, onNearTop: () => void) {
  const isAtEnd = useRef(true);
  const before = useRef({ firstKey, height: 0 });

  useLayoutEffect(() => {
    const view = scroller.current;
    if (!view) return;
    if (before.current.firstKey !== firstKey && before.current.firstKey !== undefined && !isAtEnd.current)
      view.scrollTop += view.scrollHeight - before.current.height;
    before.current = { firstKey, height: view.scrollHeight };
  });

  useEffect(() => {
    const view = scroller.current;
    const flow = view?.firstElementChild;
    if (!view || !flow) return;
    const observer = new ResizeObserver(() => {
      before.current.height = view.scrollHeight;
      if (isAtEnd.current) view.scrollTop = view.scrollHeight;
    });
    observer.observe(view);
    observer.observe(flow);
    return () => observer.disconnect();
  }, [scroller]);

  const onScroll = useCallback(() => {
    const view = scroller.current;
    if (!view) return;
    isAtEnd.current = view.scrollHeight - view.clientHeight - view.scrollTop <= NEAR_END;
    if (view.scrollTop < NEAR_TOP) onNearTop();
  }, [scroller, onNearTop]);

  const toEnd = useCallback(() => {
    isAtEnd.current = true;
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [scroller]);
  const leave = useCallback(() => {
    isAtEnd.current = false;
  }, []);
  return { onScroll, toEnd, leave };
}
