"use client";

import CloudOff from "lucide-react/icons/cloud-off";
import Hourglass from "lucide-react/icons/hourglass";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useConnection, useLinkState } from "#ui/trpc/connection-context.ts";
import type { LinkState } from "#ui/trpc/link-state.ts";

const WORDS: Record<LinkState, string> = {
  live: "",
  offline: "You're offline. Messages wait here and go out in order.",
  connecting: "Reconnecting. Messages wait here and go out in order.",
  "catching-up": "Catching up.",
  polling: "Live updates are slow right now: checking once a second.",
};

/** A blip that ends within this is not worth a word. */
const BLIP_MS = 1_000;

/** One line for now, always there: what happens to your words while the connection is not live. */
export function StatusLine() {
  const { wake } = useConnection();
  const state = useLasting(useLinkState());
  const pauseSeconds = usePause();
  const isCut = state === "offline" || state === "connecting";
  const words =
    isCut || pauseSeconds === 0
      ? WORDS[state]
      : `You're sending quickly. The next message goes out in ${pauseSeconds}\u00a0s.`;
  const Sign = isCut ? CloudOff : Hourglass;
  return (
    <p className={isCut ? "now offline" : "now"} role="status">
      {words && <Sign className="i" />}
      {words && <span className="label">{words}</span>}
      {isCut && (
        <button type="button" className="text-button" onClick={wake}>
          Try now
        </button>
      )}
    </p>
  );
}

/** The state once it has lasted; good news at once. */
function useLasting(state: LinkState): LinkState {
  const [lasting, setLasting] = useState<LinkState>("live");
  useEffect(() => {
    const timer = setTimeout(() => setLasting(state), state === "live" ? 0 : BLIP_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return state === "live" ? "live" : lasting;
}

/** Seconds until the outbox goes on, 0 when nothing holds it up. */
function usePause(): number {
  const { outbox } = useChat();
  const until = useSyncExternalStore(outbox.subscribe, outbox.getPausedUntil, () => 0);
  const [now, setNow] = useState(0);
  useEffect(() => {
    setNow(Date.now());
    if (until <= Date.now()) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return now === 0 ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
}
