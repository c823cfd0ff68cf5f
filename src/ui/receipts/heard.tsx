"use client";

import Check from "lucide-react/icons/check";
import CheckCheck from "lucide-react/icons/check-check";
import type { Message } from "#shared/messages.ts";
import type { Receipt } from "#shared/rooms.ts";
import { type Clock, timeOf, useClock } from "#ui/kit/clock.ts";
import { useConversation } from "#ui/messages/conversation.ts";
import { useUserNames } from "#ui/messages/use-user-name.ts";
import { Face } from "#ui/people/face.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useReceipts } from "#ui/rooms/use-activity.ts";
import { byWord, standingOf } from "./standing.ts";

const FACES = 3;

type Props = { message: Message; isDirect: boolean; isNewest: boolean };

/**
 * Behind the last word: how far it has come, then who has seen it. The slot has its full width from the first moment, so
 * that no later news wraps a line.
 */
export function Heard({ message, isDirect, isNewest }: Props) {
  const { viewer } = useChat();
  const clock = useClock();
  const { state, readers } = standingOf(message, useReceipts(message.roomId), viewer.id);
  const isOwn = message.author.id === viewer.id;
  if (!isOwn && (isDirect || readers.length === 0)) return null;
  const look = isDirect ? "heard wide" : "heard";
  if (state === "read" && isDirect) return <Seen look={look} message={message} reader={readers[0]} clock={clock} />;
  if (state === "read" && isNewest) return <SeenBy look={look} message={message} readers={readers} />;
  return <Ticks look={look} state={state} />;
}

const TICKS = {
  sent: { icon: Check, label: "Sent" },
  delivered: { icon: CheckCheck, label: "Delivered" },
  read: { icon: CheckCheck, label: "Read" },
} as const;

function Ticks({ look, state }: { look: string; state: keyof typeof TICKS }) {
  const { icon: Icon, label } = TICKS[state];
  return (
    <span className={look}>
      <span data-tip={label} data-state={state}>
        <Icon className="i" role="img" aria-label={label} />
      </span>
    </span>
  );
}

function Seen({
  look,
  message,
  reader,
  clock,
}: {
  look: string;
  message: Message;
  reader?: Receipt | undefined;
  clock: Clock;
}) {
  const { conversation } = useConversation();
  return (
    <span className={look}>
      <button type="button" data-state="read" onClick={() => conversation.float({ kind: "info", message })}>
        Seen{reader?.readAt && byWord(reader.lastReadSeq, message) === "" ? ` ${timeOf(reader.readAt, clock)}` : ""}
      </button>
    </span>
  );
}

function SeenBy({ look, message, readers }: { look: string; message: Message; readers: readonly Receipt[] }) {
  const { conversation } = useConversation();
  const nameOf = useUserNames();
  const names = readers.map(({ userId }) => nameOf(userId));
  const more = readers.length - FACES;
  const label = `Seen by ${new Intl.ListFormat("en").format(names)}`;
  return (
    <span className={look}>
      <button
        type="button"
        aria-label={label}
        data-tip={label}
        data-state="read"
        onClick={(event) => conversation.float({ kind: "seen", message, anchor: event.currentTarget })}
      >
        <span className="faces">
          {readers.slice(0, FACES).map(({ userId }) => (
            <Face key={userId} person={{ id: userId, name: nameOf(userId), username: "" }} size="xs" />
          ))}
        </span>
        {more > 0 && <span className="num">+{more}</span>}
      </button>
    </span>
  );
}
