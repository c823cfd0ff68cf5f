"use client";

import X from "lucide-react/icons/x";
import { useRef } from "react";
import type { Profile } from "#shared/people.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { Face } from "./face.tsx";
import { PersonSearch } from "./person-search.tsx";

type Props = {
  label: string;
  chosen: readonly Profile[];
  onChange: (chosen: readonly Profile[]) => void;
  notIn?: string;
};

/** Chooses some people. Who was chosen stands in the field; Backspace takes the last one back. */
export function PeoplePicker({ label, chosen, onChange, notIn }: Props) {
  const { viewer } = useChat();
  const input = useRef<HTMLInputElement>(null);
  const drop = (person: Profile | undefined) => onChange(chosen.filter((one) => one !== person));
  return (
    <PersonSearch
      label={label}
      input={input}
      without={new Set([viewer.id, ...chosen.map((person) => person.id)])}
      onChoose={(person) => onChange([...chosen, person])}
      onBack={() => drop(chosen.at(-1))}
      {...(notIn ? { notIn } : {})}
    >
      {chosen.map((person) => (
        <button
          key={person.id}
          type="button"
          className="chip on"
          aria-label={`Leave out ${person.name}`}
          onClick={() => {
            drop(person);
            input.current?.focus();
          }}
        >
          <Face person={person} size="xs" />
          {person.name}
          <X className="i" />
        </button>
      ))}
    </PersonSearch>
  );
}
