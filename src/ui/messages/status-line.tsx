"use client";

import CloudOff from "lucide-react/icons/cloud-off";
import Hourglass from "lucide-react/icons/hourglass";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useConnection, useLinkState, useTrouble } from "#ui/trpc/connection-context.ts";
import type { LinkState, Trouble } from "#ui/trpc/link-state.ts";
import type { Pause } from "./outbox.ts";
import { statusWords } from "./status-words.ts";
import { TypingLine } from "./typing-line.tsx";

/** A blip that ends within this is not worth a word. */
const BLIP_MS = 1_000;
const NO_PAUSE: Pause = { until: 0, isBusy: false };

/** One line for now, always there: who is typing, or what happens to your words while the connection is not live. */
export function StatusLine({ roomId }: { roomId: string }) {
  const { wake } = useConnection();
  const { state, trouble } = useLasting(useLinkState(), useDatabaseOr(useTrouble()));
  const { pause, pauseSeconds } = usePause();
  const words = statusWords({ state, trouble, pause, pauseSeconds });
  if (!words) return <TypingLine roomId={roomId} threadRoot={null} />;
  const isCut = state === "offline" || state === "connecting";
  const Sign = isCut ? CloudOff : Hourglass;
  return (
    <p className={isCut ? "now offline" : "now"} role="status">
      <Sign className="i" />
      <span className="label">{words}</span>
      {isCut && trouble !== "address" && (
        <button type="button" className="text-button" onClick={wake}>
          Try now
        </button>
      )}
    </p>
  );
}

/** The connection's own trouble, or the outbox's: a send may be the first to learn that the database is away. */
function useDatabaseOr(trouble: Trouble | null): Trouble | null {
  const { outbox } = useChat();
  const isUnavailable = useSyncExternalStore(outbox.subscribe, outbox.isUnavailable, () => false);
  return isUnavailable ? "database" : trouble;
}

type Standing = { state: LinkState; trouble: Trouble | null };

/** How things are once they have lasted; good news at once. */
function useLasting(state: LinkState, trouble: Trouble | null): Standing {
  const [lasting, setLasting] = useState<Standing>({ state: "live", trouble: null });
  const isWell = state === "live" && trouble === null;
  useEffect(() => {
    const timer = setTimeout(() => setLasting({ state, trouble }), isWell ? 0 : BLIP_MS);
    return () => clearTimeout(timer);
  }, [state, trouble, isWell]);
  return isWell ? { state, trouble } : lasting;
}

/** Why the outbox pauses, and the seconds until it goes on: 0 when nothing holds it up. */
function usePause(): { pause: Pause; pauseSeconds: number } {
  const { outbox } = useChat();
  const pause = useSyncExternalStore(outbox.subscribe, outbox.getPause, () => NO_PAUSE);
  const [now, setNow] = useState(0);
  useEffect(() => {
    setNow(Date.now());
    if (pause.until <= Date.now()) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [pause]);
  return { pause, pauseSeconds: now === 0 ? 0 : Math.max(0, Math.ceil((pause.until - now) / 1000)) };
}
