"use client";

import { type FormEvent, useState } from "react";
import type { MyRoom } from "#shared/rooms.ts";
import { Dialog } from "#ui/kit/dialog.tsx";
import { useMyRoom } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";
import { sentenceOf } from "#ui/rooms/attempt.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import type { AskedDialogProps } from "#ui/rooms/dialogs.tsx";
import { asOwnMove } from "#ui/rooms/own-moves.ts";
import { goOn } from "#ui/rooms/room-actions.ts";
import { useRoomLabel } from "#ui/rooms/use-room-name.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { useMembers } from "./use-members.ts";

/** The last owner is going: somebody else has to own the room first. */
export function HandOverDialog({ roomId, ...rest }: AskedDialogProps) {
  const room = useMyRoom(roomId);
  return room ? <HandOver room={room} {...rest} /> : null;
}

type Props = { room: MyRoom; isOpen: boolean; onClose: () => void };

function HandOver({ room, isOpen, onClose }: Props) {
  const label = useRoomLabel(room);
  const { me } = useChat();
  const client = useClient();
  const [heir, setHeir] = useState("");
  const [wrong, setWrong] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await client.member.setRole.mutate({ roomId: room.id, userId: heir, role: "owner" });
      await asOwnMove(room.id, () => client.room.leave.mutate({ roomId: room.id }));
      onClose();
      goOn(room, me);
    } catch (error) {
      setWrong(sentenceOf(error));
    }
  };
  return (
    <Dialog
      title="Hand over first"
      about={`You are the last owner of ${label}. Choose who owns it once you have left.`}
      isOpen={isOpen}
      onClose={onClose}
      onSubmit={(event) => void submit(event)}
      actions={
        <button type="submit" className="button grave" disabled={!heir}>
          Hand over and leave
        </button>
      }
    >
      <Heirs room={room} heir={heir} onChoose={setHeir} />
      {wrong && (
        <p className="wrong-form" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}

function Heirs({ room, heir, onChoose }: { room: MyRoom; heir: string; onChoose: (userId: string) => void }) {
  const { viewer } = useChat();
  const { members, isLoading } = useMembers(room.id);
  const others = members.filter((member) => member.person.id !== viewer.id);
  if (!isLoading && others.length === 0)
    return <p className="nothing">Nobody else is in it. Add somebody, or archive it.</p>;
  return (
    <fieldset className="heirs">
      <legend className="sr">The next owner</legend>
      {others.map(({ person }) => (
        <label key={person.id} className="option">
          <input type="radio" name="heir" checked={heir === person.id} onChange={() => onChoose(person.id)} />
          <Face person={person} size="s" />
          <span className="label">{person.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
