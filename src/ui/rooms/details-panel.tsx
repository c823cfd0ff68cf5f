"use client";

import { type FormEvent, useRef, useState } from "react";
import { can } from "#shared/can.ts";
import { ChannelName, type MyRoom, type Room, TITLE_OF } from "#shared/rooms.ts";
import { Field, LongField } from "#ui/kit/field.tsx";
import { Panel } from "#ui/kit/panel.tsx";
import { useFocusWrong } from "#ui/kit/use-focus-wrong.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { useChat } from "./chat-context.ts";
import { DetailsDeeds } from "./details-deeds.tsx";
import { DetailsVisibility } from "./details-visibility.tsx";
import { standingIn } from "./room-menu.ts";
import { type WrongRoom, wrongBy } from "./use-create-room.ts";
import { useRoomLabel } from "./use-room-name.ts";

/** What a room is called and about, who may find it, and its end. */
export function DetailsPanel({ room, onClose }: { room: Room; onClose: () => void }) {
  const mine = useMyRoom(room.id);
  const label = useRoomLabel(room);
  return (
    <Panel title="Details" about={label} onClose={onClose}>
      {mine && (
        <div className="details">
          <NameAndTopic room={mine} />
          <DetailsVisibility room={mine} />
          <DetailsDeeds room={mine} label={label} />
        </div>
      )}
    </Panel>
  );
}

function NameAndTopic({ room }: { room: MyRoom }) {
  const { role } = useChat();
  const { actor, target } = standingIn(room, role);
  const mayRename = can(actor, "room.rename", target);
  const mayTopic = can(actor, "room.topic", target);
  const [title, setTitle] = useTold(room.title);
  const [topic, setTopic] = useTold(room.topic);
  const form = useRef<HTMLFormElement>(null);
  const { wrong, state, save } = useSave(room);
  useFocusWrong(form, wrong);
  const isChanged = title !== room.title || topic !== room.topic;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && state !== "saving")
      void save({ ...(title === room.title ? {} : { title }), ...(topic === room.topic ? {} : { topic }) });
  };
  return (
    <form ref={form} method="post" noValidate onSubmit={submit}>
      <Field
        label={room.kind === "channel" ? "Name" : "Title"}
        value={title}
        readOnly={!mayRename}
        autoComplete="off"
        autoCapitalize="none"
        error={wrong.title}
        hint={mayRename ? renamedHint(room, title) : fixedHint(room)}
        onChange={(event) => setTitle(event.target.value)}
      />
      <LongField
        label="Topic"
        rows={2}
        value={topic}
        readOnly={!mayTopic}
        error={wrong.topic}
        onChange={(event) => setTopic(event.target.value)}
      />
      {wrong.form && (
        <p className="wrong-form" role="alert">
          {wrong.form}
        </p>
      )}
      {(mayRename || mayTopic) && (
        // Not disabled, which would take the focus from whoever has just pressed it.
        <button type="submit" className="button main" aria-disabled={!isChanged || state === "saving"}>
          Save
        </button>
      )}
    </form>
  );
}

/** What one writes, over what is told: that begins it anew when it changes, by oneself or by somebody else. */
function useTold(told: string): [string, (written: string) => void] {
  const [written, setWritten] = useState({ over: told, text: told });
  return [written.over === told ? written.text : told, (text) => setWritten({ over: told, text })];
}

function renamedHint(room: MyRoom, title: string): string | undefined {
  const name = room.kind === "channel" && title !== room.title ? ChannelName.safeParse(title) : null;
  return name?.success && name.data !== title ? `It will be called #${name.data}` : undefined;
}

function fixedHint(room: MyRoom): string {
  return room.archivedAt ? "It is archived, and keeps its name." : "Its moderators can rename it.";
}

type Wanted = { title?: string; topic?: string };

function useSave(room: MyRoom) {
  const client = useClient();
  const [wrong, setWrong] = useState<WrongRoom>({});
  const [state, setState] = useState<"still" | "saving">("still");
  const save = async (wanted: Wanted) => {
    if (wanted.title !== undefined && room.kind !== "direct") {
      const read = TITLE_OF[room.kind].safeParse(wanted.title);
      if (!read.success) return setWrong({ title: read.error.issues[0]?.message ?? "Choose another name." });
    }
    setState("saving");
    setWrong({});
    try {
      await client.room.update.mutate({ roomId: room.id, ...wanted });
    } catch (error) {
      setWrong(wrongBy(error));
    }
    setState("still");
  };
  return { wrong, state, save };
}
