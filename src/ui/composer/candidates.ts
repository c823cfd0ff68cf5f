import type { ReactNode } from "react";

/** Somebody, a room or an emoji that may be meant. */
export type Candidate = {
  id: string;
  /** What is written: `@ben`, `#mast`, `🎉`. */
  text: string;
  label: string;
  /** What tells two of the same name apart. */
  detail?: string;
  /** A face or an icon before the label. */
  sign?: ReactNode;
};

type Answer = readonly Candidate[] | Promise<readonly Candidate[]>;

/** Who and what can be named from here. Asked with what was typed after the sign, also with nothing; best match first. */
export type ComposerCandidates = {
  people: (query: string) => Answer;
  rooms: (query: string) => Answer;
  /** Of the people, those whom this device knows: until the answer is here. */
  known: (query: string) => readonly Candidate[];
  /** Whether `@room`, which calls everybody, is offered. */
  canMentionRoom: boolean;
};

export const NO_CANDIDATES: ComposerCandidates = {
  people: () => [],
  rooms: () => [],
  known: () => [],
  canMentionRoom: false,
};

/** More than this is for a search page. */
export const CANDIDATES_MAX = 8;

const EVERYBODY: Candidate = { id: "room", text: "@room", label: "room", detail: "Everybody in this room" };

/** The people who may be meant, and everybody at once where that is allowed. */
export async function peopleFor(candidates: ComposerCandidates, query: string): Promise<readonly Candidate[]> {
  const found = await candidates.people(query);
  const isEverybody = candidates.canMentionRoom && "room".startsWith(query.toLowerCase());
  // Last, unless it is spelled out: calling everybody must not be one careless Enter away.
  if (!isEverybody) return found.slice(0, CANDIDATES_MAX);
  return query.length > 1
    ? [EVERYBODY, ...found].slice(0, CANDIDATES_MAX)
    : [...found.slice(0, CANDIDATES_MAX - 1), EVERYBODY];
}

/** Whether what was typed begins one of the words by which it goes. */
export function isMeant({ text, label }: Pick<Candidate, "text" | "label">, query: string): boolean {
  const wanted = query.toLowerCase();
  const whole = text.slice(1).toLowerCase();
  return (
    whole.startsWith(wanted) || `${whole} ${label.toLowerCase()}`.split(WORD_END).some((w) => w.startsWith(wanted))
  );
}
const WORD_END = /[^\p{L}\p{N}]+/u;
