"use client";

import UserRoundX from "lucide-react/icons/user-round-x";
import X from "lucide-react/icons/x";
import { can } from "#shared/can.ts";
import type { Room } from "#shared/rooms.ts";
import { Tool } from "#ui/kit/tool.tsx";
import { useMyRoom } from "#ui/me/use-me.ts";
import { attempt } from "#ui/rooms/attempt.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { standingIn } from "#ui/rooms/room-menu.ts";
import { useRoomLabel } from "#ui/rooms/use-room-name.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { type Said, useOutsiders } from "./use-outsiders.ts";

type Props = { room: Room; said: Said; onDone: () => void };

/** Over the composer, after a message that named people who are not in the room: they are not told of it, and may be added. */
export function OutsidersNote({ room, said, onDone }: Props) {
  const { role } = useChat();
  const client = useClient();
  const label = useRoomLabel(room);
  const mine = useMyRoom(room.id);
  const people = useOutsiders(room.id, said);
  if (people.length === 0) return null;
  const standing = mine && standingIn(mine, role);
  const mayAdd = standing && can(standing.actor, "member.add", standing.target);
  const names = new Intl.ListFormat("en").format(people.map(({ name }) => name));
  const add = async () => {
    const userIds = people.map(({ id }) => id);
    if (await attempt("Nobody was added", () => client.member.add.mutate({ roomId: room.id, userIds }))) onDone();
  };
  return (
    <p className="outsiders">
      <UserRoundX className="i" />
      <span className="label">
        <b>{names}</b> {people.length === 1 ? "isn't" : "aren't"} in{" "}
        {room.kind === "direct" ? "this conversation" : label}, and won't hear of this.
      </span>
      {mayAdd && (
        <button type="button" className="text-button" onClick={() => void add()}>
          {people.length === 1 ? "Add them" : "Add all"}
        </button>
      )}
      <Tool label="Dismiss" icon={X} onClick={onDone} />
    </p>
  );
}
