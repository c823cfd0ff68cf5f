"use client";

import { useMe } from "#ui/me/use-me.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useConversation } from "./conversation.ts";

/** Somebody's name by their id: as they show themselves now, or as the room's rows have it. */
export function useUserName(userId: string): string {
  return useUserNames()(userId);
}

/** The same for many. */
export function useUserNames(): (userId: string) => string {
  const people = useMe((state) => state.people);
  const { rooms, viewer } = useChat();
  const { roomId } = useConversation().conversation;
  return (userId) => {
    if (userId === viewer.id) return viewer.name;
    const known = people.get(userId)?.name ?? rooms.getState(roomId)?.members.get(userId)?.person.name;
    if (known) return known;
    for (const { author } of rooms.getState(roomId)?.messages.values() ?? [])
      if (author.id === userId) return author.name;
    return "Someone";
  };
}
