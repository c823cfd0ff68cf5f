"use client";

import { useMemo, useSyncExternalStore } from "react";
import { useMe } from "#ui/me/use-me.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import type { Names } from "./markdown/names.ts";

/** Who and what the names in messages stand for. Made anew only when a name changed: every message is drawn with it. */
export function useNames(onPerson: Names["onPerson"]): Names {
  const { me, viewer, channels } = useChat();
  const people = useMe((state) => state.people);
  const addresses = useMe(({ rooms }) => [...rooms.values()].map(({ id, slug }) => `${slug} ${id}`).join("\n"));
  const named = useSyncExternalStore(channels.subscribe, channels.getFound, channels.getFound);
  return useMemo(() => {
    const byUsername = new Map([...people.values()].map((person) => [person.username.toLowerCase(), person]));
    const bySlug = new Map(addresses.split("\n").map((line) => line.split(" ") as [string, string]));
    return {
      personByUsername: (username) => {
        if (username === viewer.username.toLowerCase()) return viewer;
        const person = byUsername.get(username);
        return person ? { id: person.id, name: person.name } : null;
      },
      roomBySlug: (slug) => {
        const room = me.getState().rooms.get(bySlug.get(slug) ?? "");
        if (room) return { id: room.id, title: room.slug ?? room.title };
        const channel = named.get(slug);
        return channel ? { id: channel.id, title: channel.slug } : null;
      },
      wantRoom: channels.want,
      viewerUsername: viewer.username,
      ...(onPerson ? { onPerson } : {}),
    };
  }, [me, viewer, channels, people, addresses, named, onPerson]);
}
