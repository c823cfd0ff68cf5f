"use client";

import { type RefObject, useEffect } from "react";
import { neighbour } from "./sidebar-walk.ts";

/** Alt+↑ and Alt+↓ go to the room above and below, with Shift to the next one that has something new. */
export function useRoomKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || !list.current) return;
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      const row = neighbour(list.current, event.key === "ArrowDown" ? 1 : -1, event.shiftKey);
      row?.scrollIntoView({ block: "nearest" });
      row?.click();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [list]);
}
