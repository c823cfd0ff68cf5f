"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
/** What storage would not take lives as long as the page. */
const unkept = new Map<string, string>();

/** A small choice that this device remembers. The server's HTML and the first paint have the default. */
export function useKept(key: string, fallback: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(key) ?? fallback,
    () => fallback,
  );
  return [value, useCallback((next: string) => keep(key, next), [key])];
}

/** The same outside React. Null when nothing was kept. */
export function read(key: string): string | null {
  try {
    return unkept.get(key) ?? localStorage.getItem(`earshot-${key}`);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`earshot-${key}`, value);
    unkept.delete(key);
  } catch {
    unkept.set(key, value);
  }
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}
