"use client";

import { useEffect, useRef, useState } from "react";
import { PEOPLE_FOUND_MAX } from "#shared/limits.ts";
import { mentionsIn } from "#shared/markdown/mentions.ts";
import type { Person } from "#shared/people.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import type { Client } from "#ui/trpc/client.ts";
import { useClient } from "#ui/trpc/client-context.ts";

/** Whoever names more than this many at once is not told of each. */
const MOST = 5;
const NOBODY: readonly Person[] = [];

/** What was just sent; another object each time. */
export type Said = { body: string };

/** Whom messages named though they are not in their room: nobody tells them. Those of before stay, until they are added. */
export function useOutsiders(roomId: string, said: Said): readonly Person[] {
  const { me } = useChat();
  const client = useClient();
  const [found, setFound] = useState(NOBODY);
  const known = useRef(NOBODY);
  useEffect(() => {
    let isCurrent = true;
    const all = [...known.current, ...namedIn(said.body, me.getState().people.values())];
    const named = [...new Map(all.map((person) => [person.id, person])).values()].slice(-MOST);
    known.current = named;
    void Promise.all(named.map((person) => isOutside(client, roomId, person))).then((outside) => {
      if (isCurrent) setFound(named.filter((_, place) => outside[place]));
    });
    return () => {
      isCurrent = false;
    };
  }, [client, me, roomId, said]);
  return found;
}

/** The people of these names, of those whom I know of; whoever else bears one is nobody's business. */
function namedIn(body: string, people: Iterable<Person>): Person[] {
  const { names } = mentionsIn(body);
  if (names.length === 0) return [];
  return [...people].filter(({ username }) => names.includes(username.toLowerCase())).slice(0, MOST);
}

async function isOutside(client: Client, roomId: string, { id, username }: Person): Promise<boolean> {
  // Without an answer nothing is said: it is a hint, and the message went out all the same.
  const found = await client.person.find
    .query({ query: username, notIn: roomId, limit: PEOPLE_FOUND_MAX })
    .catch(() => []);
  return found.some((person) => person.id === id);
}
