"use client";

import { useState } from "react";
import { CreateRoomInput } from "#shared/rooms.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import { sentenceOf } from "./attempt.ts";
import { asOwnMove } from "./own-moves.ts";
import { useGoToRoom } from "./use-go-to-room.ts";

/** What is wrong, by the field it is about. */
export type WrongRoom = { title?: string; topic?: string; form?: string };

/** Makes a room and goes there. A call that is repeated finds the room that it made: its id is chosen once per form. */
export function useCreateRoom(onDone: () => void) {
  const client = useClient();
  const goTo = useGoToRoom();
  const [wrong, setWrong] = useState<WrongRoom>({});
  const [isBusy, setIsBusy] = useState(false);
  const create = async (wanted: CreateRoomInput) => {
    const read = CreateRoomInput.safeParse(wanted);
    if (!read.success) return setWrong(wrongFields(read.error.issues));
    setIsBusy(true);
    try {
      const room = await asOwnMove(wanted.roomId, () => client.room.create.mutate(wanted));
      onDone();
      goTo(room.id);
    } catch (error) {
      setWrong(wrongBy(error));
    } finally {
      setIsBusy(false);
    }
  };
  return { wrong, isBusy, create };
}

/** The first thing wrong about each field. */
export function wrongFields(issues: { path: PropertyKey[]; message: string }[]): WrongRoom {
  const wrong: Record<string, string> = {};
  for (const { path, message } of issues) {
    const field = path[0] === "title" || path[0] === "topic" ? path[0] : "form";
    wrong[field] ??= message;
  }
  return wrong;
}

export function wrongBy(error: unknown): WrongRoom {
  const { reason } = refusalOf(error);
  return reason === "NAME_TAKEN" ? { title: sentenceOf(error) } : { form: sentenceOf(error) };
}
