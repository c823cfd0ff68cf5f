"use client";

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { isId } from "#shared/ids.ts";
import { PAGE_SIZE } from "#shared/limits.ts";
import type { Message, MessagePage } from "#shared/messages.ts";
import { toast } from "#ui/kit/toast-store.ts";
import { sentenceOf } from "#ui/rooms/attempt.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { emptyRoom, isOutdated } from "#ui/rooms/room-state.ts";
import { endVisit, shownWindow, visitPage } from "#ui/rooms/room-windows.ts";
import { usePanel } from "#ui/rooms/use-panel.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import type { TimelineHandle } from "./timeline.tsx";

const HIGHLIGHT_MS = 2_500;

/** Where a list begins when it is drawn anew: at a row, or at its newest end. `turn` tells one beginning from the next. */
type Beginning = { turn: number; key: string | null };

/** Leads to a message of the room, wherever it is: on screen, further up, in a thread. And back. */
export function useJump(roomId: string, timeline: RefObject<TimelineHandle | null>, firstTarget: string | null) {
  const { rooms } = useChat();
  const client = useClient();
  const { openThread } = usePanel();
  const [beginning, setBeginning] = useState<Beginning>({ turn: 0, key: firstTarget });
  const [targetId, setTargetId] = useState(firstTarget);
  const asked = useRef(0);
  // Whoever has left the room is led nowhere in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another room is left too
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [roomId],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: being led to the same message again highlights it again
  useEffect(() => {
    if (targetId === null) return;
    const timer = setTimeout(() => setTargetId(null), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [targetId, beginning]);

  const begin = useCallback((key: string | null) => setBeginning(({ turn }) => ({ turn: turn + 1, key })), []);

  const visit = useCallback(
    async (load: () => Promise<MessagePage>, key: string, after?: number) => {
      asked.current += 1;
      const mine = asked.current;
      // A page that a reset has overtaken is not taken: the next one is.
      const isLate = (page: MessagePage) => isOutdated(rooms.getState(roomId) ?? emptyRoom(), page.cursor);
      try {
        const first = await load();
        const page = isLate(first) ? await load() : first;
        // Asked for something else meanwhile, or gone.
        if (mine !== asked.current) return;
        rooms.update(roomId, (state) => visitPage(state, page, after));
        begin(key);
      } catch (error) {
        if (mine === asked.current) sayMissing(error as Error);
      }
    },
    [rooms, roomId, begin],
  );

  const jumpTo = useCallback(
    async (messageId: string) => {
      asked.current += 1;
      const mine = asked.current;
      const message = rooms.find(roomId, messageId) ?? (await lookUp().catch((error) => error as Error));
      if (mine !== asked.current) return;
      if (message === undefined || message instanceof Error) return sayMissing(message);
      if (message.threadRoot) return openThread(message.threadRoot, messageId);
      setTargetId(messageId);
      const state = rooms.getState(roomId);
      const window = state && shownWindow(state);
      const isShown = window && message.seq >= window.floor && message.seq <= window.ceiling;
      if (isShown && timeline.current?.scrollToRow(messageId)) return;
      await visit(() => client.message.around.query({ messageId, limit: PAGE_SIZE }), messageId);

      async function lookUp(): Promise<Message | undefined> {
        // What is cut short is no id, and needs no question.
        if (!isId(messageId)) return undefined;
        const rows = await client.message.byIds.query({ roomId, messageIds: [messageId] });
        rooms.takeRows(roomId, rows);
        return rows[0];
      }
    },
    [rooms, client, roomId, timeline, openThread, visit],
  );

  const jumpToUnread = useCallback(
    (readUntil: number) => {
      asked.current += 1;
      if (timeline.current?.scrollToRow("fresh")) return;
      void visit(() => client.message.page.query({ roomId, after: readUntil, limit: PAGE_SIZE }), "fresh", readUntil);
    },
    [client, roomId, timeline, visit],
  );

  const toNewest = useCallback(() => {
    asked.current += 1;
    if (!rooms.getState(roomId)?.visit) return timeline.current?.scrollToEnd();
    rooms.update(roomId, endVisit);
    begin(null);
  }, [rooms, roomId, timeline, begin]);

  return useMemo(
    () => ({ beginning, targetId, jumpTo, jumpToUnread, toNewest }),
    [beginning, targetId, jumpTo, jumpToUnread, toNewest],
  );
}

/** `error` is what kept it from being read; undefined when there is none in this room. */
function sayMissing(error: Error | undefined): void {
  if (error === undefined || refusalOf(error).reason === "NOT_FOUND")
    toast({ title: "That message isn't in this room", body: "The link may be cut short, or lead to another room." });
  else toast({ title: "That message didn't load", body: sentenceOf(error) });
}
