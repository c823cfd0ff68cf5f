"use client";

import Plus from "lucide-react/icons/plus";
import { useEffect, useRef } from "react";
import type { Profile } from "#shared/people.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { Face } from "./face.tsx";

type Props = {
  id: string;
  person: Profile;
  isCurrent: boolean;
  /** Choosing adds them to others. */
  isAdded: boolean;
  onChoose: () => void;
};

/** Somebody who was found. The focus stays in the field, so the one that Enter would choose comes into sight by itself. */
export function PersonOption({ id, person, isCurrent, isAdded, onChoose }: Props) {
  const { viewer } = useChat();
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent) option.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as a combobox has them
    <div
      ref={option}
      id={id}
      className="option"
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Face person={person} size="s" hasDot />
      <span className="label">
        {person.id === viewer.id ? `${person.name} (you)` : person.name}
        <small>@{person.username}</small>
      </span>
      {isAdded && <Plus className="i" />}
    </div>
  );
}
