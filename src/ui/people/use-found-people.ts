"use client";

import { useDeferredValue } from "react";
import type { Profile } from "#shared/people.ts";
import { trpc } from "#ui/trpc/trpc.ts";

export type FoundPeople = { people: readonly Profile[]; isLoading: boolean; hasFailed: boolean };

const NOBODY: readonly Profile[] = [];

/** People whose names begin so, as the server knows them; those of a room may be left out. */
export function useFoundPeople(query: string, notIn?: string): FoundPeople {
  const asked = useDeferredValue(query.trim());
  const found = trpc.person.find.useQuery(
    { query: asked, ...(notIn ? { notIn } : {}) },
    { placeholderData: (before) => before, staleTime: 10_000, retry: 1 },
  );
  const people = found.data ?? NOBODY;
  const isStale = found.isPlaceholderData || asked !== query.trim();
  return {
    // What an earlier question found may not answer this one: an Enter in between would choose somebody else.
    people: isStale ? people.filter((person) => answers(person, query)) : people,
    isLoading: found.isPending,
    hasFailed: found.isError,
  };
}

function answers({ name, username }: Profile, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return name.toLowerCase().startsWith(wanted) || username.startsWith(wanted);
}
