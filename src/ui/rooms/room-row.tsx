"use client";

import BellOff from "lucide-react/icons/bell-off";
import PencilLine from "lucide-react/icons/pencil-line";
import { memo, useSyncExternalStore } from "react";
import type { MyRoom } from "#shared/rooms.ts";
import { Badge, badgeText } from "#ui/kit/badge.tsx";
import { useMyRoom } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";
import { StatusEmoji } from "#ui/people/status-emoji.tsx";
import { PresenceNote } from "#ui/presence/presence-note.tsx";
import { useChat } from "./chat-context.ts";
import { RoomIcon } from "./room-icon.tsx";
import { personIn } from "./room-label.ts";
import { RoomLink } from "./room-link.tsx";
import { weightOf } from "./room-weight.ts";
import { useRoomName } from "./use-room-name.ts";

type Props = { roomId: string; isTabStop: boolean };

/** One room of the list. It hears of its own room alone: there may be five hundred. */
export const RoomRow = memo(function RoomRow({ roomId, isTabStop }: Props) {
  const room = useMyRoom(roomId);
  return room ? <Row room={room} isTabStop={isTabStop} /> : null;
});

function Row({ room, isTabStop }: { room: MyRoom; isTabStop: boolean }) {
  const { viewer } = useChat();
  const hasDraft = useHasDraft(room.id);
  const name = useRoomName(room);
  const { isStrong, count, isMention } = weightOf(room);
  const isMuted = room.level === "nothing";
  const person = personIn(room, viewer.id);
  return (
    <li className="shelf">
      <RoomLink
        roomId={room.id}
        className={`row${isStrong ? " unread" : ""}${isMuted ? " muted" : ""}`}
        data-room={room.id}
        tabIndex={isTabStop ? 0 : -1}
      >
        {person ? <Face person={person} size="s" hasDot /> : <RoomIcon room={room} className="i" />}
        <span className="label">
          {name}
          {person && <PresenceNote userId={person.id} />}
          {person && <StatusEmoji person={person} />}
        </span>
        {hasDraft && <Sign icon={PencilLine} words="draft" />}
        {isMuted && <Sign icon={BellOff} words="muted" />}
        <Badge count={count} isMention={isMention} label={countWords(count, isMention)} />
      </RoomLink>
    </li>
  );
}

function Sign({ icon: Icon, words }: { icon: typeof BellOff; words: string }) {
  return (
    <>
      <Icon className="i" aria-hidden="true" />
      <span className="sr">, {words}</span>
    </>
  );
}

function countWords(count: number, isMention: boolean): string {
  const what = isMention ? (count === 1 ? "mention" : "mentions") : "unread";
  return `, ${badgeText(count)} ${what}`;
}

function useHasDraft(roomId: string): boolean {
  const { drafts } = useChat();
  return useSyncExternalStore(
    drafts.subscribe,
    () => drafts.has(roomId),
    () => false,
  );
}
