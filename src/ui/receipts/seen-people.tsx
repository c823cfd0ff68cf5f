"use client";

import type { Message } from "#shared/messages.ts";
import { momentOf, useClock } from "#ui/kit/clock.ts";
import { Popover } from "#ui/kit/popover.tsx";
import { useUserNames } from "#ui/messages/use-user-name.ts";
import { Face } from "#ui/people/face.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useReceipts } from "#ui/rooms/use-activity.ts";
import { byWord, standingOf } from "./standing.ts";

type Props = { message: Message; anchor: HTMLElement | null; onClose: () => void };

/** Everybody who has seen a message, the last one first. */
export function SeenPeople({ message, anchor, onClose }: Props) {
  const { viewer } = useChat();
  const clock = useClock();
  const nameOf = useUserNames();
  const { readers } = standingOf(message, useReceipts(message.roomId), viewer.id);
  return (
    <Popover label="Seen by" anchor={anchor} side="top" align="center" onClose={onClose}>
      <ul className="people-list">
        {readers.map(({ userId, readAt, lastReadSeq }) => (
          <li key={userId}>
            <Face person={{ id: userId, name: nameOf(userId), username: "" }} size="s" />
            <span className="label">{nameOf(userId)}</span>
            {readAt && <time dateTime={readAt}>{momentOf(readAt, clock, byWord(lastReadSeq, message))}</time>}
          </li>
        ))}
      </ul>
    </Popover>
  );
}
