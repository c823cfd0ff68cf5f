"use client";

import { useSyncExternalStore } from "react";
import type { Person, PresenceState, Profile } from "#shared/people.ts";
import type { MyRoom } from "#shared/rooms.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useLinkState } from "#ui/trpc/connection-context.ts";
import type { MeState } from "./me-state.ts";

/** A part of what is mine. `select` has to answer the same value as long as that part is the same. */
export function useMe<Part>(select: (state: MeState) => Part): Part {
  const { me } = useChat();
  const read = () => select(me.getState());
  return useSyncExternalStore(me.subscribe, read, read);
}

/** One of my rooms as my list has it; undefined when I am not in it. */
export function useMyRoom(roomId: string): MyRoom | undefined {
  return useMe(({ rooms }) => rooms.get(roomId));
}

/** Somebody as they show themselves now; what a row said of them, while nothing newer is known. */
export function usePerson<Known extends Person>(person: Known): Profile | Known {
  return useMe(({ people }) => people.get(person.id)) ?? person;
}

/** Whether somebody is here. Of oneself a device without the server knows better than what it was told last. */
export function usePresence(userId: string): PresenceState {
  const { viewer } = useChat();
  const link = useLinkState();
  const told = useMe(({ presence }) => presence.get(userId)?.state ?? "offline");
  return userId === viewer.id && (link === "offline" || link === "connecting") ? "offline" : told;
}
