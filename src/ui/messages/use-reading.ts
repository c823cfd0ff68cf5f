"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Message } from "#shared/messages.ts";
import { isLooking } from "#ui/kit/looking.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { firstUnread, isPastUnread, ReadTracker, readUpTo } from "./read-tracker.ts";

const LOOK_EVERY_MS = 150;
const AGAIN_AFTER_MS = 3_000;

type Options = {
  scroller: RefObject<HTMLElement | null>;
  messages: readonly Message[];
  reach: { floor: number; hasOlder: boolean };
  /** Where the server says that one stands; undefined while it has not said. */
  told: number | undefined;
  /** Nothing is marked: one's own wish (mark unread). */
  isOff: boolean;
  /** Tells the server. */
  mark: (seq: number) => Promise<unknown>;
};

/**
 * Marks as read what is seen: on screen, in a focused window, for a moment, and without a hole. `seeAll` says that what is on
 * screen now has been read, without the moment. `pastUnread` is the mark above which one has passed over something on the way
 * to the end, null while that is not so.
 */
export function useReading(options: Options): { seeAll: () => void; pastUnread: number | null } {
  const { viewer } = useChat();
  const connection = useConnection();
  const [tracker] = useState(() => new ReadTracker());
  const [sent, setSent] = useState(0);
  const [pastUnread, setPastUnread] = useState<number | null>(null);
  const latest = useRef({ ...options, sent });
  latest.current = { ...options, sent };
  const pauseUntil = useRef(0);
  const { messages, told, isOff } = options;
  const read = Math.max(told ?? 0, sent);
  const isWaiting = told !== undefined && firstUnread(messages, read, viewer.id) !== null;

  useEffect(() => {
    if (!isOff) return;
    tracker.forget();
    setSent(0);
  }, [isOff, tracker]);

  // What was on its way when the line broke may never have come; twice is once.
  useEffect(() => connection.onWell(() => setSent(0)), [connection]);

  useEffect(() => {
    if (!isWaiting) return;
    const look = () => {
      const { scroller, messages, reach, told = 0, isOff, sent, mark } = latest.current;
      if (!isLookedAt(scroller.current)) return tracker.away();
      const onScreen = seqsOnScreen(scroller.current);
      tracker.look(onScreen, performance.now());
      const read = Math.max(told, sent);
      const standing = { read, messages, reach, viewerId: viewer.id, hasSeen: tracker.hasSeen };
      const next = isOff ? read : readUpTo(standing);
      setPastUnread(next === read && isPastUnread(standing, onScreen) ? read : null);
      // A session that has just ended is not asked for more, and a server that is away would not hear it.
      if (next === read || !connection.isAnswered || performance.now() < pauseUntil.current) return;
      setSent(next);
      mark(next).catch(() => {
        pauseUntil.current = performance.now() + AGAIN_AFTER_MS;
        setSent((now) => (now === next ? 0 : now));
      });
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      tracker.away();
      setPastUnread(null);
    };
  }, [isWaiting, tracker, viewer.id, connection]);

  const seeAll = useCallback(() => {
    const { scroller } = latest.current;
    if (isLookedAt(scroller.current)) tracker.saw(seqsOnScreen(scroller.current));
  }, [tracker]);
  return { seeAll, pastUnread };
}

/** Whether somebody can be looking at this list: a focused window, and nothing over it. */
function isLookedAt(scroller: HTMLElement | null): scroller is HTMLElement {
  if (!scroller || !isLooking()) return false;
  return scroller.checkVisibility({ visibilityProperty: true }) && !document.querySelector(".dialog");
}

/** The messages of which half is on screen, or, for one that is taller than the screen, the end. */
function seqsOnScreen(scroller: HTMLElement): number[] {
  const view = scroller.getBoundingClientRect();
  const seqs: number[] = [];
  for (const row of scroller.querySelectorAll<HTMLElement>("[data-seq]")) {
    const { top, bottom, height } = row.getBoundingClientRect();
    const shown = Math.min(bottom, view.bottom) - Math.max(top, view.top);
    const isEndShown = bottom <= view.bottom + 1 && bottom > view.top + 8;
    if (height > 0 && (shown >= height / 2 || isEndShown)) seqs.push(Number(row.dataset.seq));
  }
  return seqs;
}
