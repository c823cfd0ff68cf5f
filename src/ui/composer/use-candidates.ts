"use client";

import { useEffect, useRef, useState } from "react";
import { loadShortcodes } from "#ui/emoji/shortcodes.ts";
import { CANDIDATES_MAX, type Candidate, type ComposerCandidates, peopleFor } from "./candidates.ts";
import type { Trigger } from "./trigger.ts";

const NONE: readonly Candidate[] = [];

/** What may be meant at the caret. Answers that come late, for what is no longer typed, are dropped. */
export function useCandidates(candidates: ComposerCandidates, trigger: Trigger | null): readonly Candidate[] {
  const [found, setFound] = useState(NONE);
  const source = useRef(candidates);
  source.current = candidates;
  const kind = trigger?.kind;
  const query = trigger?.query ?? "";
  useEffect(() => {
    if (!kind) return setFound(NONE);
    let isCurrent = true;
    ask(source.current, kind, query)
      .catch(() => NONE)
      .then((answer) => isCurrent && setFound(answer));
    return () => {
      isCurrent = false;
    };
  }, [kind, query]);
  return kind ? found : NONE;
}

async function ask(
  candidates: ComposerCandidates,
  kind: Trigger["kind"],
  query: string,
): Promise<readonly Candidate[]> {
  if (kind === "person") return peopleFor(candidates, query);
  if (kind === "room") return (await candidates.rooms(query)).slice(0, CANDIDATES_MAX);
  const shortcodes = await loadShortcodes();
  return shortcodes.search(query, CANDIDATES_MAX).map(({ emoji, shortcodes: [code = ""] }) => ({
    id: code,
    text: emoji,
    label: `:${code}:`,
    sign: emoji,
  }));
}
