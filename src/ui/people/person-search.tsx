"use client";

import Search from "lucide-react/icons/search";
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from "react";
import type { Profile } from "#shared/people.ts";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { PersonOption } from "./person-option.tsx";
import { useFoundPeople } from "./use-found-people.ts";

type Props = {
  label: string;
  /** Leaves out who is in this room. */
  notIn?: string;
  /** Leaves out these: chosen already. */
  without?: ReadonlySet<string>;
  onChoose: (person: Profile) => void;
  /** Backspace in an empty field. */
  onBack?: () => void;
  /** Stands before what one types: who was chosen. */
  children?: ReactNode;
  input?: RefObject<HTMLInputElement | null>;
};

/** Finds people by name: type, walk with the arrows, choose with Enter. */
export function PersonSearch({ label, notIn, without, onChoose, onBack, children, input }: Props) {
  const { viewer } = useChat();
  const id = useId();
  const [query, setQuery] = useState("");
  // Nobody is chosen by an Enter in a field in which nothing was typed.
  const [at, setAt] = useState(-1);
  const { people, isLoading, hasFailed } = useFoundPeople(query, notIn);
  const shown = people.filter((person) => !without?.has(person.id));
  const current = Math.min(at, shown.length - 1);
  const isChosen = (person: Profile) => person.id !== viewer.id && (without?.has(person.id) ?? false);
  const choose = (person: Profile) => {
    onChoose(person);
    setQuery("");
    setAt(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const person = shown[current];
    if (step) setAt((Math.max(current, step > 0 ? -1 : 0) + step + shown.length) % Math.max(shown.length, 1));
    else if (event.key === "Enter" && !event.nativeEvent.isComposing && person) choose(person);
    else if (event.key === "Backspace" && query === "") return onBack?.();
    else return;
    event.preventDefault();
  };
  return (
    <div className="person-search">
      <label htmlFor={id}>{label}</label>
      <div className="filter">
        <Search className="i" />
        {children}
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-found`}
          aria-activedescendant={shown[current] ? `${id}-${shown[current].id}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Name or username"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(event.target.value.trim() ? 0 : -1);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {isLoading && <Skeleton shape="person" count={3} label="Looking for people" />}
      <div id={`${id}-found`} className="found-people" role="listbox" aria-label="People found">
        {shown.map((person, index) => (
          <PersonOption
            key={person.id}
            id={`${id}-${person.id}`}
            person={person}
            isCurrent={index === current}
            isAdded={onBack !== undefined}
            onChoose={() => choose(person)}
          />
        ))}
      </div>
      <p className="nothing" role="status">
        {hasFailed
          ? "The server didn't answer. Type again in a moment."
          : !isLoading && shown.length === 0
            ? nobody(
                query,
                Boolean(notIn),
                people.some(isChosen),
                people.some(({ id }) => id === viewer.id),
              )
            : ""}
      </p>
    </div>
  );
}

function nobody(query: string, isNewcomer: boolean, hasChosen: boolean, isMe: boolean): string {
  if (hasChosen)
    return query.trim() ? "Whoever has that name is chosen already." : "Type a name to find somebody else.";
  if (query.trim() && isMe) return "That's you.";
  if (query.trim()) return "Nobody by that name. You find people whom you share a room with.";
  return isNewcomer ? "Everyone you know is here already." : "Nobody else is here yet.";
}
