"use client";

import { useMemo, useSyncExternalStore } from "react";
import { copyText } from "#ui/kit/clipboard.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import type { OutboxEntry } from "./outbox-entry.ts";

const NONE: readonly OutboxEntry[] = [];

/** In the place of a room that one is no longer in: what one wrote there and was not sent, to be taken along. */
export function LeftWords({ roomId }: { roomId: string }) {
  const { outbox } = useChat();
  const all = useSyncExternalStore(outbox.subscribe, outbox.getEntries, () => NONE);
  const entries = useMemo(
    () => all.filter((entry) => entry.roomId === roomId && entry.state !== "sent"),
    [all, roomId],
  );
  if (entries.length === 0) return null;
  return (
    <section className="left-words" aria-label="Not sent">
      <p>
        {entries.length === 1 ? "A message of yours was" : `${entries.length} messages of yours were`} not sent here.
        It's only on this device.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <ul tabIndex={0}>
        {entries.map(({ clientId, body }) => (
          <li key={clientId}>
            <blockquote>{body}</blockquote>
            <button type="button" className="text-button" onClick={() => void copyText(body)}>
              Copy
            </button>
            <button type="button" className="text-button" onClick={() => outbox.discard(clientId)}>
              Discard
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
