"use client";

import { type KeyboardEvent, type RefObject, useState } from "react";
import type { Candidate, ComposerCandidates } from "./candidates.ts";
import { applyEdit } from "./edit.ts";
import { pick, type Trigger, triggerAt } from "./trigger.ts";
import { useCandidates } from "./use-candidates.ts";

export type Autocomplete = {
  isOpen: boolean;
  candidates: readonly Candidate[];
  /** The candidate that Enter would take. */
  at: number;
  choose: (candidate: Candidate) => void;
  point: (at: number) => void;
  /** To be called after every change of the text or the caret. */
  look: () => void;
  close: () => void;
  /** True when the key was for the list. */
  onKey: (event: KeyboardEvent) => boolean;
};

/** The list over the field: what is named at the caret, and which of it is meant. */
export function useAutocomplete(
  field: RefObject<HTMLTextAreaElement | null>,
  source: ComposerCandidates,
): Autocomplete {
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const [place, setPlace] = useState({ query: "", at: 0 });
  /** Where Esc was pressed: the list stays away until something else is named. */
  const [refused, setRefused] = useState<number | null>(null);
  const candidates = useCandidates(source, trigger);
  const isOpen = trigger !== null && trigger.start !== refused && candidates.length > 0;
  const query = trigger ? `${trigger.start} ${trigger.query}` : "";
  const at = place.query === query ? Math.min(place.at, candidates.length - 1) : 0;

  const look = () => {
    const target = field.current;
    const found =
      target && target.selectionStart === target.selectionEnd ? triggerAt(target.value, target.selectionStart) : null;
    setTrigger((known) => (known && found && isSame(known, found) ? known : found));
    if (found?.start !== refused) setRefused(null);
  };
  const close = () => setTrigger(null);
  const choose = (candidate: Candidate) => {
    const target = field.current;
    if (!target || !trigger) return;
    const caret = trigger.start + 1 + trigger.query.length;
    close();
    applyEdit(target, pick(target.value, trigger, caret, candidate.text));
  };
  const point = (to: number) => setPlace({ query, at: (to + candidates.length) % candidates.length });

  const onKey = (event: KeyboardEvent): boolean => {
    const current = candidates[at];
    if (!isOpen || !trigger || !current || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Escape") setRefused(trigger.start);
    else if (event.key === "Tab" && !event.shiftKey) choose(current);
    else if (event.key === "Enter" && !event.shiftKey && !isWhole(trigger, current)) choose(current);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { isOpen, candidates, at, choose, point, look, close, onKey };
}

function isSame(one: Trigger, other: Trigger): boolean {
  return one.kind === other.kind && one.start === other.start && one.query === other.query;
}

/** The name is there already: Enter has nothing to add and sends, as the person who typed it out expects. */
function isWhole({ kind, query }: Trigger, { text }: Candidate): boolean {
  return kind !== "emoji" && text.slice(1).toLowerCase() === query.toLowerCase();
}
