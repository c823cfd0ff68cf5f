"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { loadShortcodes } from "#ui/emoji/shortcodes.ts";
import { CANDIDATES_MAX, type Candidate, type ComposerCandidates, isMeant, peopleFor } from "./candidates.ts";
import type { Trigger } from "./trigger.ts";

const NONE: readonly Candidate[] = [];

/** What may be meant at the caret. Answers that come late, for what is no longer typed, are dropped. */
export function useCandidates(candidates: ComposerCandidates, trigger: Trigger | null): readonly Candidate[] {
  const [found, setFound] = useState({ kind: trigger?.kind, query: "", list: NONE });
  const source = useRef(candidates);
  source.current = candidates;
  const kind = trigger?.kind;
  const query = trigger?.query ?? "";
  useEffect(() => {
    if (!kind) return setFound({ kind, query, list: NONE });
    let isCurrent = true;
    ask(source.current, kind, query)
      .catch(() => NONE)
      .then((list) => isCurrent && setFound({ kind, query, list }));
    return () => {
      isCurrent = false;
    };
  }, [kind, query]);
  return useMemo(() => {
    if (!kind) return NONE;
    if (found.kind === kind && found.query === query) return found.list;
    // Until the answer is here: Enter must not take somebody who was meant by fewer letters, nor find nobody.
    const still = found.kind === kind ? found.list.filter((candidate) => isMeant(candidate, query)) : NONE;
    return still.length > 0 || kind !== "person" || query === "" ? still : source.current.known(query);
  }, [kind, query, found]);
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
