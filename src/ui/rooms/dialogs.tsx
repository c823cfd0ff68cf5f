"use client";

import { useRef, useSyncExternalStore } from "react";
import { type Part, part, usePart } from "#ui/kit/part.ts";
import { type Asked, closeDialog, dialogs, type OpenDialog } from "./dialog-store.ts";

/** What a dialog of the app is given; `roomId` when it is about a room. */
export type AskedDialogProps = { isOpen: boolean; onClose: () => void; roomId: string };

const PARTS: Record<Asked["name"], Part<AskedDialogProps>> = {
  "new-channel": part(() => import("./new-channel-dialog.tsx").then((module) => module.NewChannelDialog)),
  "new-group": part(() => import("./new-group-dialog.tsx").then((module) => module.NewGroupDialog)),
  "new-message": part(() => import("./new-message-dialog.tsx").then((module) => module.NewMessageDialog)),
  "add-people": part(() => import("#ui/members/add-people-dialog.tsx").then((module) => module.AddPeopleDialog)),
  "hand-over": part(() => import("#ui/members/hand-over-dialog.tsx").then((module) => module.HandOverDialog)),
  status: part(() => import("#ui/people/status-dialog.tsx").then((module) => module.StatusDialog)),
  keys: part(() => import("#ui/palette/keys-dialog.tsx").then((module) => module.KeysDialog)),
};

/** Where the app's dialogs open. Their code is fetched with the first opening. */
export function Dialogs() {
  const asked = useSyncExternalStore(dialogs.subscribe, dialogs.get, () => null);
  // It stays while it leaves, and gives the focus back.
  const last = useRef<OpenDialog | null>(null);
  if (asked) last.current = asked;
  const shown = last.current;
  return shown && <Shown key={shown.turn} shown={shown} isOpen={asked !== null} />;
}

function Shown({ shown, isOpen }: { shown: OpenDialog; isOpen: boolean }) {
  const Dialog = usePart(PARTS[shown.name], isOpen, closeDialog);
  return Dialog && <Dialog isOpen={isOpen} onClose={closeDialog} roomId={"roomId" in shown ? shown.roomId : ""} />;
}
