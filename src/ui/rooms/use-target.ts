"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";

/** Leads to the message that the address names, unless the page was rendered there, or a thread is where it is to be found. */
export function useTargetInAddress(rendered: string | null, jumpTo: (messageId: string) => unknown): void {
  const search = useSearchParams();
  const target = search.get("thread") ? null : search.get("message");
  const led = useRef(rendered);
  useEffect(() => {
    if (target !== null && target !== led.current) void jumpTo(target);
    led.current = target;
  }, [target, jumpTo]);
}
