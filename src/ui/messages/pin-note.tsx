"use client";

import Pin from "lucide-react/icons/pin";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useUserName } from "./use-user-name.ts";

/** Over the words of a pinned message. */
export function PinNote({ by }: { by: string }) {
  const { viewer } = useChat();
  const name = useUserName(by);
  return (
    <p className="note">
      <Pin className="i" />
      <span className="label">Pinned by {by === viewer.id ? "you" : name}</span>
    </p>
  );
}
