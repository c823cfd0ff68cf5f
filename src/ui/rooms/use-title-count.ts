"use client";

import { useEffect } from "react";
import { useMe } from "#ui/me/use-me.ts";
import { callsIn, countedTitle } from "./room-weight.ts";

/** Puts in front of the page's title how much of what waits is for me by name: "(3) #lobby, Earshot". */
export function useTitleCount(): void {
  const calls = useMe(({ rooms }) => callsIn(rooms.values()));
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
