"use client";

import type { ReactNode } from "react";
import type { Person } from "#shared/people.ts";
import { usePerson } from "#ui/me/use-me.ts";
import { openProfile } from "./profile-store.ts";

type Props = {
  person: Person;
  /** What is pressed; their name when nothing is given. */
  children?: ReactNode;
  className?: string;
  /** A second button for the same person, as a face beside a name: skipped by Tab and by screen readers. */
  isRepeat?: boolean;
  /** False in a list that Tab does not walk row by row. */
  isTabStop?: boolean;
};

/** Somebody's name or face: opens their card. */
export function PersonButton({ person, children, className = "person", isRepeat = false, isTabStop = true }: Props) {
  const { name } = usePerson(person);
  const reach = isRepeat ? { tabIndex: -1, "aria-hidden": true } : isTabStop ? {} : { tabIndex: -1 };
  return (
    <button
      type="button"
      className={className}
      {...reach}
      onClick={(event) => openProfile(person, event.currentTarget)}
    >
      {children ?? name}
    </button>
  );
}
