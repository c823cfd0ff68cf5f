import type { PresenceState } from "#shared/people.ts";
import { type Clock, dayName, dayOf, timeOf } from "#ui/kit/clock.ts";

const WORDS: Record<PresenceState, string> = { online: "Here now", away: "Away", offline: "Offline" };

/** Presence in words: a colour alone says nothing to some. */
export function presenceWords(state: PresenceState): string {
  return WORDS[state];
}

/** The same with when somebody was last here: "Last seen yesterday, 15 October, at 14:05". */
export function presenceSentence(state: PresenceState, lastSeenAt: string | null, clock: Clock): string {
  if (state !== "offline" || !lastSeenAt) return presenceWords(state);
  const day = dayOf(lastSeenAt, clock.zone);
  const when = day === clock.today ? "today" : dayName(day, clock).replace(/^Yesterday, .*/, "yesterday");
  return `Last seen ${/^\d/.test(when) ? "on " : ""}${when} at ${timeOf(lastSeenAt, clock)}`;
}
