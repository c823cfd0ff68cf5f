"use client";

import { type FormEvent, useState } from "react";
import { newId } from "#shared/ids.ts";
import type { Profile } from "#shared/people.ts";
import { ChannelName, type RoomVisibility } from "#shared/rooms.ts";
import { Dialog } from "#ui/kit/dialog.tsx";
import { Field } from "#ui/kit/field.tsx";
import { Segmented } from "#ui/kit/segmented.tsx";
import { PeoplePicker } from "#ui/people/people-picker.tsx";
import type { AskedDialogProps } from "./dialogs.tsx";
import { useCreateRoom } from "./use-create-room.ts";

const VISIBILITIES = [
  { value: "public", label: "Public" },
  { value: "private", label: "Private" },
] as const;

const MEANS: Record<RoomVisibility, string> = {
  public: "Everyone on this server can find it and join.",
  private: "Only the people in it know that it exists; somebody in it adds others.",
};

export function NewChannelDialog({ isOpen, onClose }: AskedDialogProps) {
  const [roomId] = useState(newId);
  const [title, setTitle] = useState("");
  const [topic, setTopic] = useState("");
  const [visibility, setVisibility] = useState<RoomVisibility>("public");
  const [people, setPeople] = useState<readonly Profile[]>([]);
  const { wrong, isBusy, create } = useCreateRoom(onClose);
  const name = ChannelName.safeParse(title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void create({ kind: "channel", roomId, title, topic, visibility, memberIds: people.map((person) => person.id) });
  };
  return (
    <Dialog
      title="New channel"
      about="A place for one subject, for whoever cares about it."
      isOpen={isOpen}
      onClose={onClose}
      onSubmit={submit}
      wrong={wrong}
      size="m"
      actions={
        <button type="submit" className="button main" disabled={isBusy}>
          Create channel
        </button>
      }
    >
      <Field
        label="Name"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        autoComplete="off"
        autoCapitalize="none"
        error={wrong.title}
        hint={
          name.success && name.data !== title ? `It will be called #${name.data}` : "Short and in lower case: on-air"
        }
      />
      <div className="field">
        <Segmented label="Who can find it" choices={VISIBILITIES} value={visibility} onChoose={setVisibility} />
        <small>{MEANS[visibility]}</small>
      </div>
      <Field
        label="Topic (optional)"
        value={topic}
        onChange={(event) => setTopic(event.target.value)}
        error={wrong.topic}
      />
      <PeoplePicker label="People (optional)" chosen={people} onChange={setPeople} />
      {wrong.form && (
        <p className="wrong-form" role="alert">
          {wrong.form}
        </p>
      )}
    </Dialog>
  );
}
