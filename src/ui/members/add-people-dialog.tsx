"use client";

import { type FormEvent, useState } from "react";
import type { Profile } from "#shared/people.ts";
import type { MyRoom } from "#shared/rooms.ts";
import { Dialog } from "#ui/kit/dialog.tsx";
import { useMyRoom } from "#ui/me/use-me.ts";
import { PeoplePicker } from "#ui/people/people-picker.tsx";
import { sentenceOf } from "#ui/rooms/attempt.ts";
import type { AskedDialogProps } from "#ui/rooms/dialogs.tsx";
import { useRoomLabel } from "#ui/rooms/use-room-name.ts";
import { useClient } from "#ui/trpc/client-context.ts";

export function AddPeopleDialog({ roomId, ...rest }: AskedDialogProps) {
  const room = useMyRoom(roomId);
  return room ? <AddPeople room={room} {...rest} /> : null;
}

type Props = { room: MyRoom; isOpen: boolean; onClose: () => void };

function AddPeople({ room, isOpen, onClose }: Props) {
  const label = useRoomLabel(room);
  const client = useClient();
  const [people, setPeople] = useState<readonly Profile[]>([]);
  const [wrong, setWrong] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await client.member.add.mutate({ roomId: room.id, userIds: people.map((person) => person.id) });
      onClose();
    } catch (error) {
      setWrong(sentenceOf(error));
    }
  };
  return (
    <Dialog
      title={`Add people to ${label}`}
      about="They see everything that was said here."
      isOpen={isOpen}
      onClose={onClose}
      onSubmit={(event) => void submit(event)}
      size="m"
      actions={
        <button type="submit" className="button main" disabled={people.length === 0}>
          {people.length > 1 ? `Add ${people.length} people` : "Add"}
        </button>
      }
    >
      <PeoplePicker label="People" chosen={people} onChange={setPeople} notIn={room.id} />
      {wrong && (
        <p className="wrong-form" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  );
}
