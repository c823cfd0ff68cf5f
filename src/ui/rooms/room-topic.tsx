"use client";

import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { can } from "#shared/can.ts";
import { ROOM_TOPIC_MAX } from "#shared/limits.ts";
import type { Room } from "#shared/rooms.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { attempt } from "./attempt.ts";
import { useChat } from "./chat-context.ts";
import { standingIn } from "./room-menu.ts";

/** What is talked about here. A press turns it into a field; Enter keeps it, Escape does not. */
export function RoomTopic({ room }: { room: Room }) {
  const { role } = useChat();
  const mine = useMyRoom(room.id);
  const [isEdited, setIsEdited] = useState(false);
  const [isBack, setIsBack] = useState(false);
  const standing = mine && standingIn(mine, role);
  if (!standing || !can(standing.actor, "room.topic", standing.target))
    return room.topic ? <p className="topic">{room.topic}</p> : null;
  const done = (byKey: boolean) => {
    setIsBack(byKey);
    setIsEdited(false);
  };
  if (isEdited) return <TopicField room={room} onDone={done} />;
  return (
    <button
      type="button"
      className={room.topic ? "topic" : "topic none"}
      data-tip="Change the topic"
      // biome-ignore lint/a11y/noAutofocus: it stands where the field was that had the focus
      autoFocus={isBack}
      onClick={() => setIsEdited(true)}
    >
      {room.topic || "Add a topic"}
    </button>
  );
}

function TopicField({ room, onDone }: { room: Room; onDone: (byKey: boolean) => void }) {
  const client = useClient();
  const [topic, setTopic] = useState(room.topic);
  const isDone = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  const finish = async (isKept: boolean, byKey: boolean) => {
    // Enter is followed by a blur, when the field goes.
    if (isDone.current) return;
    isDone.current = true;
    if (isKept && topic.trim() !== room.topic)
      await attempt("The topic is as it was", () => client.room.update.mutate({ roomId: room.id, topic }));
    // Whoever has gone on elsewhere while the server was asked stays there.
    const { activeElement } = document;
    onDone(byKey && (activeElement === field.current || activeElement === document.body));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    void finish(false, true);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void finish(true, true);
  };
  return (
    <form method="post" className="topic-form" onSubmit={onSubmit}>
      <input
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: it stands where the button was that had the focus
        autoFocus
        aria-label="Topic"
        maxLength={ROOM_TOPIC_MAX}
        value={topic}
        onChange={(event) => setTopic(event.target.value)}
        onBlur={() => void finish(true, false)}
        onKeyDown={onKeyDown}
      />
    </form>
  );
}
