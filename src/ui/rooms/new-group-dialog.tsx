"use client";

import { type FormEvent, useState } from "react";
import { newId } from "#shared/ids.ts";
import type { Profile } from "#shared/people.ts";
import { Dialog } from "#ui/kit/dialog.tsx";
import { Field } from "#ui/kit/field.tsx";
import { PeoplePicker } from "#ui/people/people-picker.tsx";
import type { AskedDialogProps } from "./dialogs.tsx";
import { useCreateRoom } from "./use-create-room.ts";

export function NewGroupDialog({ isOpen, onClose }: AskedDialogProps) {
  const [roomId] = useState(newId);
  const [title, setTitle] = useState("");
  const [people, setPeople] = useState<readonly Profile[]>([]);
  const { wrong, isBusy, create } = useCreateRoom(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void create({ kind: "group", roomId, title, topic: "", memberIds: people.map((person) => person.id) });
  };
  return (
    <Dialog
      title="New group"
      about="Some people and a title. Nobody else knows that it exists."
      isOpen={isOpen}
      onClose={onClose}
      onSubmit={submit}
      wrong={wrong}
      size="m"
      actions={
        <button type="submit" className="button main" disabled={isBusy}>
          Create group
        </button>
      }
    >
      <Field
        label="Title"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        autoComplete="off"
        error={wrong.title}
      />
      <PeoplePicker label="People" chosen={people} onChange={setPeople} />
      {wrong.form && (
        <p className="wrong-form" role="alert">
          {wrong.form}
        </p>
      )}
    </Dialog>
  );
}
