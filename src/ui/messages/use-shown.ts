"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { Message } from "#shared/messages.ts";
import { useMe } from "#ui/me/use-me.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import type { Overlay } from "./overlays.ts";
import { withOverlays } from "./overlays.ts";

const NONE: readonly Overlay[] = [];

function useOverlays(messageId: string): readonly Overlay[] {
  const { overlays } = useChat();
  return useSyncExternalStore(
    overlays.subscribe,
    () => overlays.of(messageId),
    () => NONE,
  );
}

/** A message with what I did to it a moment ago. */
export function useShown(message: Message): Message {
  const { viewer } = useChat();
  const overlays = useOverlays(message.id);
  return useMemo(() => withOverlays(message, overlays, viewer.id), [message, overlays, viewer.id]);
}

/** Whether I saved it, or have just said so. */
export function useIsSaved(messageId: string): boolean {
  const isKnown = useMe(({ saved }) => saved.has(messageId));
  const deed = useOverlays(messageId).find((overlay) => overlay.deed.kind === "save")?.deed;
  return deed?.kind === "save" ? deed.isOn : isKnown;
}
