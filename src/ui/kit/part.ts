"use client";

import { type ComponentType, useEffect, useSyncExternalStore } from "react";
import { toast } from "./toast-store.ts";

/** A component that is fetched when it is first wanted: what is closed weighs nothing in the first load. */
export type Part<P> = {
  get: () => ComponentType<P> | null;
  load: () => Promise<void>;
  subscribe: (listener: () => void) => () => void;
};

export function part<P>(fetchIt: () => Promise<ComponentType<P>>): Part<P> {
  const listeners = new Set<() => void>();
  let found: ComponentType<P> | null = null;
  return {
    get: () => found,
    load: async () => {
      if (found) return;
      found = await fetchIt();
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * The part once it is here; null until then. Without a connection it may not come: then whoever pressed the button is told,
 * instead of losing the page to an error. Of a hint that nobody asked for nothing is said.
 */
export function usePart<P>(
  part: Part<P>,
  isWanted: boolean,
  onFailed: () => void,
  isHint = false,
): ComponentType<P> | null {
  useEffect(() => {
    if (isWanted)
      part.load().catch(() => {
        if (!isHint) toast({ title: "That didn't open", body: "The server didn't answer. Try again in a moment." });
        onFailed();
      });
  }, [part, isWanted, onFailed, isHint]);
  return useSyncExternalStore(part.subscribe, part.get, () => null);
}

/** Fetches a part when a pointer or the focus comes near; if that fails, the press will tell. */
export function warm<P>(part: Part<P>): void {
  void part.load().catch(() => {});
}
