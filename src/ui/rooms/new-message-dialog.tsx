"use client";

import NotebookPen from "lucide-react/icons/notebook-pen";
import { useRef } from "react";
import { Dialog } from "#ui/kit/dialog.tsx";
import { PersonSearch } from "#ui/people/person-search.tsx";
import { useChat } from "./chat-context.ts";
import type { AskedDialogProps } from "./dialogs.tsx";
import { useDirectRoom } from "./use-direct-room.ts";

/** Finds somebody to write to; or oneself, for notes. */
export function NewMessageDialog({ isOpen, onClose }: AskedDialogProps) {
  const { viewer } = useChat();
  const input = useRef<HTMLInputElement>(null);
  const openDirect = useDirectRoom();
  const choose = async (userId: string) => {
    if (await openDirect(userId)) onClose();
  };
  return (
    <Dialog
      title="Message somebody"
      about="There is one room for the two of you, whoever starts it."
      isOpen={isOpen}
      onClose={onClose}
      initialFocus={input}
      size="m"
    >
      <PersonSearch label="To" input={input} without={new Set([viewer.id])} onChoose={({ id }) => void choose(id)} />
      <button type="button" className="option notes" onClick={() => void choose(viewer.id)}>
        <NotebookPen className="i" />
        <span className="label">Notes to yourself</span>
      </button>
    </Dialog>
  );
}
