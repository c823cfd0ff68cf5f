"use client";

import { useSyncExternalStore } from "react";

/** Whether somebody can be looking at this page: it is shown, and its window is the one in use. */
export function isLooking(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

export function useLooking(): boolean {
  return useSyncExternalStore(onLooking, isLooking, () => true);
}

/** Calls `onChange` when somebody may have begun to look at this page, or ceased to. Answers how to stop that. */
export function onLooking(onChange: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  for (const type of ["focus", "blur"]) window.addEventListener(type, onChange, { signal });
  document.addEventListener("visibilitychange", onChange, { signal });
  return () => stop.abort();
}
