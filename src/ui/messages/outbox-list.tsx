"use client";

import Clock3 from "lucide-react/icons/clock";
import { useLayoutEffect, useRef } from "react";
import type { Message } from "#shared/messages.ts";
import { type Clock, timeOf, useClock } from "#ui/kit/clock.ts";
import { Face } from "#ui/people/face.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useLinkState } from "#ui/trpc/connection-context.ts";
import { Markdown } from "./markdown/markdown.tsx";
import { isOnItsWay, type OutboxEntry } from "./outbox-entry.ts";
import { QuoteLine } from "./quote-line.tsx";
import { continues } from "./timeline-rows.ts";

/** More than are seen at once: it is said how many they are. */
const MANY = 6;

/** What has no place in the history yet, in the order in which it goes out. */
export function OutboxList({ entries, last }: { entries: readonly OutboxEntry[]; last: Message | undefined }) {
  const { viewer, outbox } = useChat();
  const clock = useClock();
  const isHeldUp = useLinkState() !== "live";
  const list = useRef<HTMLOListElement>(null);
  const newest = entries.at(-1)?.clientId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was just written has to be in sight, however much waits
  useLayoutEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [newest]);
  if (entries.length === 0) return null;
  // Told once, at the first one, and only while it may matter.
  const onlyHere = entries.find(
    ({ clientId, state }) => outbox.isOnlyHere(clientId) && (state === "failed" || (isHeldUp && isOnItsWay(state))),
  );
  return (
    <>
      {entries.length >= MANY && <p className="queued">{entries.length} not sent yet</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <ol ref={list} className="outbox" aria-label="Not sent yet" tabIndex={0}>
        {entries.map((entry, index) => {
          const before = entries[index - 1];
          const isHead = before
            ? before.state === "failed" && entry.state !== "failed"
            : !continues(last, viewer.id, entry.createdAt);
          return (
            <OutboxRow
              key={entry.clientId}
              entry={entry}
              isHead={isHead}
              isOnlyHere={entry === onlyHere}
              clock={clock}
            />
          );
        })}
      </ol>
    </>
  );
}

type RowProps = { entry: OutboxEntry; isHead: boolean; isOnlyHere: boolean; clock: Clock };

function OutboxRow({ entry, isHead, isOnlyHere, clock }: RowProps) {
  const { viewer, rooms } = useChat();
  const isGoing = isOnItsWay(entry.state);
  const look = ["message", isHead && "head", isGoing && "sending", entry.state === "failed" && "lost"];
  return (
    <li className={look.filter(Boolean).join(" ")} data-state={entry.state}>
      <span className="gutter">{isHead ? <Face person={viewer} /> : isGoing && <Clock3 className="i" />}</span>
      <div className="body">
        {isHead && (
          <div className="name">
            <b>{viewer.name}</b>
            {isGoing ? <Waiting /> : <time>{timeOf(entry.createdAt, clock)}</time>}
          </div>
        )}
        {entry.replyTo && (
          <QuoteLine messageId={entry.replyTo} quoted={rooms.find(entry.roomId, entry.replyTo) ?? null} />
        )}
        <div className="text">
          <Markdown body={entry.body} />
        </div>
        {entry.state === "failed" && <Failed entry={entry} />}
        {isOnlyHere && (
          <p className="only-here" role="status">
            This browser can't keep it: it waits only while this tab is open.
          </p>
        )}
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
