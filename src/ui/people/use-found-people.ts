"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { Profile } from "#shared/people.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";

export type FoundPeople = { people: readonly Profile[]; isLoading: boolean; hasFailed: boolean };

const NOBODY: readonly Profile[] = [];

/** People whose names begin so, as the server knows them; those of a room may be left out. */
export function useFoundPeople(query: string, notIn?: string): FoundPeople {
  const asked = useDeferredValue(query.trim());
  const client = useClient();
  const found = useQuery(
    {
      queryKey: ["people", asked, notIn],
      queryFn: () => client.person.find.query({ query: asked, ...(notIn ? { notIn } : {}) }),
      placeholderData: (before: Profile[] | undefined) => before,
      staleTime: 10_000,
      retry: 1,
    },
    queries(),
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
