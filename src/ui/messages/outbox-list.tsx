"use client";

import Clock3 from "lucide-react/icons/clock";
import type { Message } from "#shared/messages.ts";
import { type Clock, timeOf, useClock } from "#ui/kit/clock.ts";
import { Face } from "#ui/people/face.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useLinkState } from "#ui/trpc/connection-context.ts";
import { MessageText } from "./message-text.tsx";
import type { OutboxEntry } from "./outbox-entry.ts";
import { continues } from "./timeline-rows.ts";

/** What has no place in the history yet, in the order in which it goes out. */
export function OutboxList({ entries, last }: { entries: readonly OutboxEntry[]; last: Message | undefined }) {
  const { viewer } = useChat();
  const clock = useClock();
  if (entries.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <ol className="outbox" aria-label="Not sent yet" tabIndex={0}>
      {entries.map((entry, index) => {
        const before = entries[index - 1];
        const isHead = before
          ? before.state === "failed" && entry.state !== "failed"
          : !continues(last, viewer.id, entry.createdAt);
        return <OutboxRow key={entry.clientId} entry={entry} isHead={isHead} clock={clock} />;
      })}
    </ol>
  );
}

function OutboxRow({ entry, isHead, clock }: { entry: OutboxEntry; isHead: boolean; clock: Clock }) {
  const { viewer } = useChat();
  const isOnItsWay = entry.state === "waiting" || entry.state === "sending";
  const look = ["message", isHead && "head", isOnItsWay && "sending", entry.state === "failed" && "lost"];
  return (
    <li className={look.filter(Boolean).join(" ")} data-state={entry.state}>
      <span className="gutter">{isHead ? <Face person={viewer} /> : isOnItsWay && <Clock3 className="i" />}</span>
      <div className="body">
        {isHead && (
          <div className="name">
            <b>{viewer.name}</b>
            {isOnItsWay ? <Waiting /> : <time>{timeOf(entry.createdAt, clock)}</time>}
          </div>
        )}
        <div className="text">
          <MessageText body={entry.body} />
        </div>
        {entry.state === "failed" && <Failed entry={entry} />}
      </div>
    </li>
  );
}

function Waiting() {
  const isWaiting = useLinkState() !== "live";
  return (
    <small className="waits">
      <Clock3 className="i" />
      {isWaiting && "waiting"}
    </small>
  );
}

function Failed({ entry }: { entry: OutboxEntry }) {
  const { outbox } = useChat();
  return (
    <p className="failed" role="alert">
      {entry.error}
      <button type="button" className="text-button" onClick={() => outbox.retry(entry.clientId)}>
        Retry
      </button>
      <button type="button" className="text-button" onClick={() => outbox.discard(entry.clientId)}>
        Discard
      </button>
    </p>
  );
}
