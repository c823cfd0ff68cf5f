"use client";

import { createContext, useContext } from "react";
import type { Limits } from "#shared/limits.ts";
import type { Person, ServerRole } from "#shared/people.ts";
import type { Drafts } from "#ui/composer/drafts.ts";
import type { MeStore } from "#ui/me/me-store.ts";
import type { Outbox } from "#ui/messages/outbox.ts";
import type { OverlayStore } from "#ui/messages/overlay-store.ts";
import type { ActivityStore } from "./activity-store.ts";
import type { ChannelNames } from "./channel-names.ts";
import type { RoomStore } from "./room-store.ts";

/** What every part of the signed-in app may need. */
export type Chat = {
  viewer: Person;
  /** What the viewer may do on this server: see `can`. */
  role: ServerRole;
  limits: Limits;
  serverName: string;
  rooms: RoomStore;
  me: MeStore;
  outbox: Outbox;
  drafts: Drafts;
  overlays: OverlayStore;
  activity: ActivityStore;
  channels: ChannelNames;
};

export const ChatContext = createContext<Chat | null>(null);

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("useChat is called outside ChatProvider");
  return chat;
}
