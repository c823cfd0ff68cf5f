"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import type { Room } from "#shared/rooms.ts";
import { useMe } from "#ui/me/use-me.ts";
import { useSignOut } from "#ui/people/use-sign-out.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { openDialog } from "#ui/rooms/dialog-store.ts";
import { invitePeople } from "#ui/rooms/invite-step.tsx";
import { personIn, roomName } from "#ui/rooms/room-label.ts";
import { useGo } from "#ui/rooms/use-go.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import type { Deed, World } from "./palette-entries.ts";

/** Everything that the palette can find. */
export function useWorld(typed: string): World {
  const { viewer, rooms: store } = useChat();
  const rooms = useMe((state) => state.rooms);
  const people = useMe((state) => state.people);
  const channels = useFoundChannels(typed.trim());
  const deeds = useDeeds();
  return useMemo(
    () => ({
      rooms: [...rooms.values()],
      channels,
      people: [...people.values()],
      deeds,
      viewerId: viewer.id,
      recent: store.getOpened(),
      nameOf: (room) => {
        const person = personIn(room, viewer.id);
        const known = person && person.id !== viewer.id ? people.get(person.id) : undefined;
        return known?.name ?? roomName(room, viewer.id);
      },
    }),
    [rooms, channels, people, deeds, viewer.id, store],
  );
}

const NONE: readonly Room[] = [];

/** The first of the public channels that answer to what is typed. */
function useFoundChannels(typed: string): readonly Room[] {
  const query = useDeferredValue(typed);
  const client = useClient();
  const isAsked = query !== "" && !query.startsWith(">");
  const found = useQuery(
    {
      queryKey: ["palette", query],
      queryFn: async () => (await client.room.browse.query({ query })).rooms.map(({ room }) => room),
      enabled: isAsked,
      placeholderData: keepPreviousData,
      staleTime: 10_000,
      retry: false,
    },
    queries(),
  );
  return (isAsked && found.data) || NONE;
}

function useDeeds(): readonly Deed[] {
  const go = useGo();
  const { leave } = useSignOut();
  const { role } = useChat();
  const to = (path: string) => () => go(path);
  return [
    { label: "New channel", words: "create make room", run: () => openDialog({ name: "new-channel" }) },
    { label: "New group", words: "create make room", run: () => openDialog({ name: "new-group" }) },
    { label: "Message somebody", words: "direct write dm", run: () => openDialog({ name: "new-message" }) },
    { label: "Invite people", words: "join address link", run: invitePeople },
    { label: "Browse channels", words: "find join archived", run: to("/rooms/browse") },
    { label: "Threads", words: "replies followed", run: to("/rooms/threads") },
    { label: "Saved messages", words: "later bookmarks", run: to("/rooms/saved") },
    { label: "Set a status", words: "away busy emoji", run: () => openDialog({ name: "status" }) },
    { label: "Settings", words: "preferences profile avatar name", run: to("/settings") },
    { label: "Devices", words: "sessions signed in", run: to("/settings/devices") },
    { label: "Change password", words: "security", run: to("/settings/password") },
    { label: "Appearance", words: "theme dark light contrast", run: to("/settings/appearance") },
    ...(role === "admin"
      ? [{ label: "Server health", words: "nodes delays metrics status", run: to("/settings/health") }]
      : []),
    { label: "Keyboard shortcuts", words: "keys help", run: () => openDialog({ name: "keys" }) },
    { label: "Sign out", words: "leave log out", run: () => void leave() },
  ];
}
