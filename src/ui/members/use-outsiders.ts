"use client";

import { useCallback, useState } from "react";
import { mentionsIn } from "#shared/markdown/mentions.ts";
import type { Person } from "#shared/people.ts";
import type { Room } from "#shared/rooms.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import type { Client } from "#ui/trpc/client.ts";
import { useClient } from "#ui/trpc/client-context.ts";

/** Whoever names more than this many at once is not told of each. */
const MOST = 5;
const NOBODY: readonly Person[] = [];

/** Whom the last message named though they are not in the room: nobody tells them. `look` at what was just sent. */
export function useOutsiders(room: Room) {
  const { me } = useChat();
  const client = useClient();
  const [outsiders, setOutsiders] = useState(NOBODY);
  const clear = useCallback(() => setOutsiders(NOBODY), []);
  const look = useCallback(
    async (body: string) => {
      clear();
      const named = namedIn(body, me.getState().people.values());
      const found = await Promise.all(named.map((person) => isOutside(client, room.id, person)));
      setOutsiders(named.filter((_, place) => found[place]));
    },
    [client, me, room.id, clear],
  );
  return { outsiders, look, clear };
}

/** The people of these names, of those whom I know of; whoever else bears one is nobody's business. */
function namedIn(body: string, people: Iterable<Person>): Person[] {
  const { names } = mentionsIn(body);
  if (names.length === 0) return [];
  return [...people].filter(({ username }) => names.includes(username.toLowerCase())).slice(0, MOST);
}

async function isOutside(client: Client, roomId: string, { id, username }: Person): Promise<boolean> {
  // Without an answer nothing is said: it is a hint, and the message went out all the same.
  const found = await client.person.find.query({ query: username, notIn: roomId }).catch(() => []);
  return found.some((person) => person.id === id);
}
