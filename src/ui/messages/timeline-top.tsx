import type { ReactNode } from "react";
import { GhostRows } from "./ghost-rows.tsx";

const OLDER = [
  [62, 38],
  [70, 54],
] as const;

type Props = { hasOlder: boolean; hasFailed: boolean; onRetry: () => void; beginning: ReactNode };

/** What stands above the oldest message that is loaded: more of them on their way, or the room's beginning. */
export function TimelineTop({ hasOlder, hasFailed, onRetry, beginning }: Props) {
  if (!hasOlder) return beginning;
  if (!hasFailed)
    return (
      <div className="older">
        <GhostRows widths={OLDER} />
      </div>
    );
  return (
    <p className="older older-failed" role="alert">
      Older messages didn't load.
      <button type="button" className="text-button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
