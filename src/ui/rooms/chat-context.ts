"use client";

import { createContext, useContext } from "react";
import type { Limits } from "#shared/limits.ts";
import type { Person } from "#shared/people.ts";
import type { Drafts } from "#ui/messages/drafts.ts";
import type { Outbox } from "#ui/messages/outbox.ts";
import type { RoomStore } from "./room-store.ts";

/** What every part of the signed-in app may need. */
export type Chat = {
  viewer: Person;
  limits: Limits;
  serverName: string;
  rooms: RoomStore;
  outbox: Outbox;
  drafts: Drafts;
};

export const ChatContext = createContext<Chat | null>(null);

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("useChat is called outside ChatProvider");
  return chat;
}
