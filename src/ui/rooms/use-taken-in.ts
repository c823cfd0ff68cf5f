"use client";

import { useEffect, useState } from "react";
import { useMyRoom } from "#ui/me/use-me.ts";

/**
 * In the place of a room that one is not in: once somebody takes one in, the page is loaded anew, for the server finds what
 * is there then. Not before one was seen to be out: a room's own end may be heard before the list has heard of it.
 */
export function useTakenIn(roomId: string | null): void {
  const isIn = useMyRoom(roomId ?? "") !== undefined;
  const [wasOut, setWasOut] = useState(false);
  useEffect(() => {
    if (!isIn) setWasOut(true);
    else if (wasOut) location.reload();
  }, [isIn, wasOut]);
}
