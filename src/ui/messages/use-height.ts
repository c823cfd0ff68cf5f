"use client";

import { type RefObject, useEffect } from "react";

/** Tells an element's height, and every change of it. */
export function useHeight(
  element: RefObject<HTMLElement | null>,
  isOn: boolean,
  onHeight: (height: number) => void,
): void {
  useEffect(() => {
    const target = element.current;
    if (!isOn || !target) return;
    const observer = new ResizeObserver(() => onHeight(target.offsetHeight));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, isOn, onHeight]);
}
