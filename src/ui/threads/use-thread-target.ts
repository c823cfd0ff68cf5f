"use client";

import { useSearchParams } from "next/navigation";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Message } from "#shared/messages.ts";

const HIGHLIGHT_MS = 2_500;

/** Leads to the reply that the address names, loading upward until it is there. Answers which one to highlight. */
export function useThreadTarget(
  scroller: RefObject<HTMLElement | null>,
  messages: readonly Message[],
  leave: () => void,
  loadOlder: () => void,
): string | null {
  const search = useSearchParams();
  const wanted = search.get("thread") ? search.get("message") : null;
  const led = useRef<string | null>(null);
  const [targetId, setTargetId] = useState<string | null>(null);
  const isHere = wanted !== null && messages.some((message) => message.id === wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that arrives without it leads to the next
  useEffect(() => {
    if (wanted === null || led.current === wanted) return;
    if (!isHere) return loadOlder();
    led.current = wanted;
    leave();
    scroller.current?.querySelector(`[data-message="${wanted}"]`)?.scrollIntoView({ block: "center" });
    setTargetId(wanted);
  }, [wanted, isHere, messages.length, scroller, leave, loadOlder]);
  useEffect(() => {
    if (targetId === null) return;
    const timer = setTimeout(() => setTargetId(null), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [targetId]);
  return targetId;
}
