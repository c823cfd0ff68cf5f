"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import type { Room } from "#shared/rooms.ts";
import { useClock } from "#ui/kit/clock.ts";
import { useLooking } from "#ui/kit/looking.ts";
import { Mark } from "#ui/kit/mark.tsx";
import { firstFocusOf } from "#ui/kit/went-on.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { Announcer } from "#ui/messages/announcer.tsx";
import { Conversation, ConversationContext, useConversationState } from "#ui/messages/conversation.ts";
import { ConversationFoot } from "#ui/messages/conversation-foot.tsx";
import { MarkdownNames } from "#ui/messages/markdown/names.ts";
import { MessageFloats } from "#ui/messages/message-floats.tsx";
import { NewestPill } from "#ui/messages/newest-pill.tsx";
import type { OutboxPlace } from "#ui/messages/outbox-entry.ts";
import { OutboxList } from "#ui/messages/outbox-list.tsx";
import { placeIn } from "#ui/messages/places.ts";
import { StatusLine } from "#ui/messages/status-line.tsx";
import { LEAD, Timeline, type TimelineHandle } from "#ui/messages/timeline.tsx";
import { timelineRows } from "#ui/messages/timeline-rows.ts";
import { UnreadPill } from "#ui/messages/unread-pill.tsx";
import { useFirstUnread } from "#ui/messages/use-first-unread.ts";
import { useHeard } from "#ui/messages/use-heard.tsx";
import { useJump } from "#ui/messages/use-jump.ts";
import { useLooseRows } from "#ui/messages/use-loose-rows.ts";
import { useNames } from "#ui/messages/use-names.ts";
import { useNewest } from "#ui/messages/use-newest.ts";
import { useReading } from "#ui/messages/use-reading.ts";
import { useUnread } from "#ui/messages/use-unread.ts";
import { useUnsent } from "#ui/messages/use-unsent.ts";
import { useOpenPerson } from "#ui/people/use-open-person.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { attempt } from "./attempt.ts";
import { useChat } from "./chat-context.ts";
import { RoomBeginning } from "./room-beginning.tsx";
import { RoomHeader } from "./room-header.tsx";
import { RoomPanel } from "./room-panel.tsx";
import type { RoomState } from "./room-state.ts";
import { shownWindow } from "./room-windows.ts";
import { useRoomLabel } from "./use-room-name.ts";
import { useTargetInAddress } from "./use-target.ts";
import { useTrim } from "./use-trim.ts";

type Props = { room: Room; state: RoomState; target: string | null };

/** A room's history, what waits, and where one writes; beside it whatever panel is open. */
export function OpenRoom({ room, state, target }: Props) {
  const { rooms, outbox, viewer } = useChat();
  const client = useClient();
  const clock = useClock();
  const label = useRoomLabel(room);
  const timeline = useRef<TimelineHandle>(null);
  const scroller = useRef<HTMLElement | null>(null);
  const [conversation] = useState(() => new Conversation(room.id, null));
  const messages = rooms.visible(state);
  const window = shownWindow(state);
  const unsent = useUnsent(room.id, null, state.messages);
  // One begins at the target where it is among the rows; otherwise one is led to it.
  const [at] = useState(() => (messages.some(({ id }) => id === target) ? target : null));
  const jump = useJump(room.id, timeline, at);
  useTargetInAddress(at, jump.jumpTo);
  const told = useMyRoom(room.id)?.lastReadSeq;
  const { isAtEnd, missed, onEndChange } = useNewest(messages, viewer.id, told);
  const isNewest = isAtEnd && !window.hasNewer;
  useEffect(() => {
    scroller.current = timeline.current?.scroller.current ?? null;
  });
  const isSuspended = useConversationState(conversation, (now) => now.isReadingSuspended);
  const mark = (seq: number) => client.me.read.mutate({ roomId: room.id, seq });
  const { seeAll, pastUnread } = useReading({ scroller, messages, reach: window, told, isOff: isSuspended, mark });
  const isLooking = useLooking();
  const passed = isNewest ? pastUnread : null;
  const unread = useUnread(conversation, !(isNewest && isLooking), passed);
  useTrim(conversation, isNewest, messages.length, told);
  const afterOf = useHeard(messages, room.kind === "direct", !window.hasNewer);
  useLooseRows(room.id, messages, state.messages);
  // A line above which something is not loaded would stand in the wrong place.
  const isWhole = unread.readUntil !== null && (!window.hasOlder || window.floor <= unread.readUntil + 1);
  const readUntil = isWhole ? unread.readUntil : null;
  const rows = useMemo(
    () =>
      timelineRows(messages, {
        zone: clock.zone,
        hasOlder: window.hasOlder,
        known: state.messages,
        readUntil,
        viewerId: viewer.id,
      }),
    [messages, clock.zone, window.hasOlder, state.messages, readUntil, viewer.id],
  );

  const names = useNames(useOpenPerson());
  const place = useMemo(() => ({ conversation, label, jumpTo: jump.jumpTo }), [conversation, label, jump.jumpTo]);
  // Its button goes with it: the keyboard goes on where one writes.
  const thenWrite = (act: () => unknown) => () => {
    act();
    firstFocusOf(conversation.draftKey)?.focus();
  };
  const isEmpty = messages.length === 0 && unsent.length === 0;
  const send = (body: string, where: OutboxPlace) => {
    seeAll();
    outbox.add(room.id, body, where);
    jump.toNewest();
  };
  const [first] = useState(() => placeIn(room.id) ?? (readUntil === null ? null : { key: "fresh", lead: LEAD }));
  const { key, turn } = jump.beginning;
  const start = useMemo(() => (key ? { key, lead: LEAD } : turn === 0 ? first : null), [key, turn, first]);
  const isAbove = unread.readUntil !== null && !isWhole;
  const { isOffered: isUnreadOffered, decline } = useFirstUnread(unread.unread, isAbove, passed !== null);

  return (
    <ConversationContext value={place}>
      <MarkdownNames value={names}>
        <main className={isNewest ? "room" : "room scrolled"}>
          <RoomHeader room={room} />
          {isEmpty && <Mark as="echo in-room" />}
          <div className="history">
            {isUnreadOffered && unread.readUntil !== null && unread.unread > 0 && (
              <UnreadPill
                count={unread.unread}
                onJump={thenWrite(() => {
                  decline();
                  jump.jumpToUnread(unread.readUntil ?? 0);
                })}
                onRead={thenWrite(() => {
                  conversation.resumeReading();
                  void attempt("It wasn't marked as read", () => mark(unread.lastSeq));
                })}
              />
            )}
            <Timeline
              key={jump.beginning.turn}
              ref={timeline}
              messages={messages}
              rows={rows}
              clock={clock}
              hasOlder={window.hasOlder}
              hasNewer={window.hasNewer}
              start={start}
              targetId={jump.targetId}
              beginning={<RoomBeginning room={room} isEmpty={isEmpty} />}
              afterOf={afterOf}
              onEndChange={onEndChange}
            />
          </div>
          <div className={isNewest ? "unsent" : "unsent scrolled"}>
            {!isNewest && <NewestPill count={window.hasNewer ? 0 : missed} onJump={thenWrite(jump.toNewest)} />}
            <OutboxList entries={unsent} last={isNewest ? messages.at(-1) : undefined} />
          </div>
          <StatusLine roomId={room.id} />
          <ConversationFoot room={room} messages={messages} onSend={send} />
          <MessageFloats />
          <Announcer messages={messages} viewerId={viewer.id} />
        </main>
        <RoomPanel room={room} />
      </MarkdownNames>
    </ConversationContext>
  );
}
