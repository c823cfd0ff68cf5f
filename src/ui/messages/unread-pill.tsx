"use client";

import ArrowUp from "lucide-react/icons/arrow-up";
import { badgeText } from "#ui/kit/badge.tsx";

/** What is unread lies above all that is loaded: the way there, or the word that it need not be read. */
export function UnreadPill({ count, onJump, onRead }: { count: number; onJump: () => void; onRead: () => void }) {
  return (
    <div className="pill first">
      <ArrowUp className="i" />
      <span>{badgeText(count)} unread</span>
      <button type="button" className="text-button" onClick={onJump}>
        Jump to first
      </button>
      <button type="button" className="text-button" onClick={onRead}>
        Mark as read
      </button>
    </div>
  );
}
