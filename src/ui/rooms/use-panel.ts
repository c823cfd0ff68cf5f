"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** What stands in the right column, by the address: `?thread=<rootId>` or `?panel=<name>`. */
export type OpenPanel = { name: string; threadRoot: string | null };

/** Marks an entry of the history that a panel of this page made: only from those does closing go back. */
const PUSHED = "earshotPanel";

/** The right column. The address keeps it, so that a reload has it again and the way back closes it. */
export function usePanel() {
  const search = useSearchParams();
  const threadRoot = search.get("thread");
  const panel = search.get("panel");
  const open: OpenPanel | null = threadRoot
    ? { name: "thread", threadRoot }
    : panel
      ? { name: panel, threadRoot: null }
      : null;
  return {
    panel: open,
    openPanel: useCallback((name: string) => show("panel", name), []),
    /** `messageId` is the reply to be led to. */
    openThread: useCallback((rootId: string, messageId?: string) => show("thread", rootId, messageId), []),
    closePanel: useCallback(close, []),
  };
}

function show(key: "panel" | "thread", value: string, messageId?: string): void {
  const search = new URLSearchParams(location.search);
  if (search.get(key) === value && !messageId) return;
  const wasOpen = search.has("panel") || search.has("thread");
  for (const each of ["panel", "thread", "message"]) search.delete(each);
  search.set(key, value);
  if (messageId) search.set("message", messageId);
  const address = `${location.pathname}?${search}`;
  // From one panel to the next there is one way back: to the room.
  if (wasOpen) history.replaceState({ [PUSHED]: history.state?.[PUSHED] }, "", address);
  else history.pushState({ [PUSHED]: true }, "", address);
}

function close(): void {
  if (history.state?.[PUSHED]) return history.back();
  const search = new URLSearchParams(location.search);
  for (const each of ["panel", "thread", "message"]) search.delete(each);
  history.replaceState(null, "", location.pathname + (search.size > 0 ? `?${search}` : ""));
}
