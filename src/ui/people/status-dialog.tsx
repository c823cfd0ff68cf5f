"use client";

import { Dialog } from "#ui/kit/dialog.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import type { AskedDialogProps } from "#ui/rooms/dialogs.tsx";
import { StatusForm } from "./status-form.tsx";

export function StatusDialog({ isOpen, onClose }: AskedDialogProps) {
  const { viewer } = useChat();
  return (
    <Dialog
      title="Your status"
      about="Shown beside your name until you clear it or it runs out."
      isOpen={isOpen}
      onClose={onClose}
      size="m"
    >
      <StatusForm viewer={viewer} onDone={onClose} />
    </Dialog>
  );
}
