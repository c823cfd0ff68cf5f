"use client";

import { useEffect, useLayoutEffect, useSyncExternalStore } from "react";
import { useChat } from "#ui/rooms/chat-context.ts";

const useBeforePaint = typeof window === "undefined" ? useEffect : useLayoutEffect;

/** The text of one place, and how to change it. An edit begins with the message as it is, and leaves nothing when nothing was changed. */
export function useDraft(key: string, initial: string | undefined): [string, (text: string) => void] {
  const { drafts } = useChat();
  const text = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.get(key),
    () => "",
  );
  useBeforePaint(() => {
    if (initial === undefined) return;
    if (drafts.get(key) === "") drafts.set(key, initial);
    return () => {
      if (drafts.get(key) === initial) drafts.set(key, "");
    };
  }, [drafts, key, initial]);
  return [text, (next) => drafts.set(key, next)];
}
