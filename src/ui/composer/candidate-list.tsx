"use client";

import { useEffect, useRef } from "react";
import type { Autocomplete } from "./use-autocomplete.ts";

export function candidateId(listId: string, at: number): string {
  return `${listId}-${at}`;
}

/** What may be meant, over the field. The focus stays where one types; the field tells which is active. */
export function CandidateList({ id, autocomplete }: { id: string; autocomplete: Autocomplete }) {
  const { isOpen, candidates, at, choose, point } = autocomplete;
  const active = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (at >= 0) active.current?.scrollIntoView({ block: "nearest" });
  }, [at]);
  if (!isOpen) return null;
  return (
    <div id={id} className="candidates" role="listbox" aria-label="Suggestions">
      {candidates.map((candidate, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: as above, by aria-activedescendant
        <div
          key={candidate.id}
          id={candidateId(id, index)}
          ref={index === at ? active : null}
          className="option"
          role="option"
          aria-selected={index === at}
          onPointerMove={() => index !== at && point(index)}
          // The field keeps the focus, and its caret.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(candidate)}
        >
          {candidate.sign && <span className="sign">{candidate.sign}</span>}
          <span className="label">
            {candidate.label}
            {candidate.detail && <small>{candidate.detail}</small>}
          </span>
        </div>
      ))}
    </div>
  );
}
