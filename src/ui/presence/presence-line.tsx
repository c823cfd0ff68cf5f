"use client";

import type { Person } from "#shared/people.ts";
import { useClock } from "#ui/kit/clock.ts";
import { useMe, usePresence } from "#ui/me/use-me.ts";
import { statusWords } from "#ui/people/status.ts";
import { useStatus } from "#ui/people/use-status.ts";
import { presenceSentence } from "./presence-words.ts";

/** Whether somebody is here, since when not, and what they say of themselves: "Here now, 🎧 Editing take five". */
export function PresenceLine({ person }: { person: Person }) {
  const clock = useClock();
  const state = usePresence(person.id);
  const status = useStatus(person);
  const known = useMe(({ people }) => people.get(person.id)?.lastSeenAt);
  const since = useMe(({ presence }) => presence.get(person.id)?.lastSeenAt) ?? known ?? null;
  return [presenceSentence(state, since, clock), status && statusWords(status)].filter(Boolean).join(", ");
}
