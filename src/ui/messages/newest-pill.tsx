"use client";

import ArrowDown from "lucide-react/icons/arrow-down";

/** The way back to the newest words, and how many came meanwhile. */
export function NewestPill({ count, onJump }: { count: number; onJump: () => void }) {
  return (
    <button type="button" className="pill" onClick={onJump}>
      <ArrowDown className="i" />
      {count === 0 ? "Jump to newest" : `${count} new ${count === 1 ? "message" : "messages"}`}
    </button>
  );
}
