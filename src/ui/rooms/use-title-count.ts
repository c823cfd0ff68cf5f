"use client";

import { useEffect, useState } from "react";
import { isLooking } from "#ui/kit/looking.ts";
import { useMe } from "#ui/me/use-me.ts";
import { callsIn, countedTitle } from "./room-weight.ts";

/** Whoever looks reads what arrives before them within a second: until then it is not said to wait. */
const READ_WITHIN_MS = 1_200;

/** Puts in front of the page's title how much of what waits is for me by name: "(3) #lobby, Earshot". */
export function useTitleCount(): void {
  const now = useMe(({ rooms }) => callsIn(rooms.values()));
  const [calls, setCalls] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setCalls(now), isLooking() ? READ_WITHIN_MS : 0);
    return () => clearTimeout(timer);
  }, [now]);
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
