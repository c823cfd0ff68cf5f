"use client";

import Pin from "lucide-react/icons/pin";
import PinOff from "lucide-react/icons/pin-off";
import { useEffect, useMemo, useState } from "react";
import type { Message } from "#shared/messages.ts";
import type { Room } from "#shared/rooms.ts";
import { useClock } from "#ui/kit/clock.ts";
import { Empty } from "#ui/kit/empty.tsx";
import { Panel } from "#ui/kit/panel.tsx";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { Tool } from "#ui/kit/tool.tsx";
import { useConversation } from "#ui/messages/conversation.ts";
import { useMessageActs } from "#ui/messages/use-message-acts.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useRoomLabel } from "#ui/rooms/use-room-name.ts";
import { useRoomState } from "#ui/rooms/use-room-state.ts";
import { FoundRow } from "#ui/saved/found-row.tsx";
import { useClient } from "#ui/trpc/client-context.ts";

/** What is pinned in a room, the last one first. Its rows are the room's, so that the feed keeps the list as it is now. */
export function PinsPanel({ room, onClose }: { room: Room; onClose: () => void }) {
  const label = useRoomLabel(room);
  const { rooms } = useChat();
  const { jumpTo } = useConversation();
  const acts = useMessageActs();
  const client = useClient();
  const clock = useClock();
  const state = useRoomState(room.id);
  const [progress, setProgress] = useState<"loading" | "loaded" | "failed">("loading");
  const resetAt = state?.resetAt ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset forgets the pins
  useEffect(() => setProgress("loading"), [resetAt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked before a reset is of no use after it
  useEffect(() => {
    if (progress !== "loading") return;
    let isOver = false;
    client.message.pinned.query({ roomId: room.id }).then(
      (pins) => {
        if (isOver) return;
        rooms.takeRows(room.id, pins);
        setProgress("loaded");
      },
      () => isOver || setProgress("failed"),
    );
    return () => {
      isOver = true;
    };
  }, [client, rooms, room.id, progress, resetAt]);
  const pins = useMemo(() => pinsOf(state?.messages), [state?.messages]);
  return (
    <Panel title="Pinned" about={label} onClose={onClose}>
      {progress === "failed" && (
        <Empty
          title="The pins didn't load"
          action={
            <button type="button" className="button" onClick={() => setProgress("loading")}>
              Try again
            </button>
          }
        >
          The server didn't answer.
        </Empty>
      )}
      {progress === "loading" && <Skeleton shape="person" count={4} label="Loading pinned messages" />}
      {progress === "loaded" && pins.length === 0 && (
        <Empty title="Nothing is pinned" icon={Pin}>
          Pin what everybody should find again: open a message's menu and choose “Pin to {label}”.
        </Empty>
      )}
      {progress === "loaded" && pins.length > 0 && (
        <ul className="found" aria-label={`Pinned in ${label}`}>
          {pins.map((message) => (
            <li key={message.id}>
              <FoundRow
                message={message}
                clock={clock}
                onOpen={() => void jumpTo(message.id)}
                tools={
                  acts.offered(message).has("pin") && (
                    <Tool
                      label="Unpin"
                      icon={PinOff}
                      onClick={({ currentTarget }) => {
                        focusBeside(currentTarget);
                        acts.pin(message, false);
                      }}
                    />
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The row goes with its button: the keyboard goes on at the next one, or at the way out. */
function focusBeside(button: HTMLElement): void {
  const row = button.closest("li");
  const next = row?.nextElementSibling ?? row?.previousElementSibling ?? button.closest(".panel");
  next?.querySelector<HTMLElement>(".tool:not(.back)")?.focus();
}

function pinsOf(messages: ReadonlyMap<string, Message> | undefined): Message[] {
  const pins = [...(messages?.values() ?? [])].filter(({ pinned, deletedAt }) => pinned && !deletedAt);
  return pins.sort((a, b) => (b.pinned?.at ?? "").localeCompare(a.pinned?.at ?? ""));
}
