"use client";

import { useEffect, useRef, useState } from "react";
import { isLooking } from "#ui/kit/looking.ts";
import { useMe } from "#ui/me/use-me.ts";
import { callsIn, countedTitle } from "./room-weight.ts";

/** Whoever looks reads what arrives before them within a second: until then it is not said to wait. The list does the same (rooms.css). */
const READ_WITHIN_MS = 1_200;

/** Puts in front of the page's title how much of what waits is for me by name: "(3) #lobby, Earshot". */
export function useTitleCount(): void {
  const now = useMe(({ rooms, threads }) => callsIn(rooms.values(), threads));
  const calls = useSettled(now);
  useEffect(() => {
    const apply = () => {
      const wanted = countedTitle(document.title, calls);
      if (document.title !== wanted) document.title = wanted;
    };
    apply();
    // Whoever changes the page changes its title, and knows nothing of the count.
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [calls]);
}

/** A count that falls at once, and grows when it has been larger for a moment, or nobody looks. */
function useSettled(now: number): number {
  const [settled, setSettled] = useState(now);
  const latest = useRef(now);
  latest.current = now;
  const isLarger = now > settled;
  if (now < settled) setSettled(now);
  useEffect(() => {
    if (!isLarger) return;
    const timer = setTimeout(() => setSettled(latest.current), isLooking() ? READ_WITHIN_MS : 0);
    return () => clearTimeout(timer);
  }, [isLarger]);
  return Math.min(now, settled);
}
