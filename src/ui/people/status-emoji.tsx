"use client";

import type { Person } from "#shared/people.ts";
import { useStatus } from "./use-status.ts";

/** A status at its smallest, beside a name; its words show on hover and are read. */
export function StatusEmoji({ person }: { person: Person }) {
  const status = useStatus(person);
  if (!status?.emoji) return null;
  return (
    <small className="status-emoji" title={status.text || undefined}>
      {status.emoji}
    </small>
  );
}
