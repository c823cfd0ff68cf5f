"use client";

import { Dialog } from "#ui/kit/dialog.tsx";
import type { AskedDialogProps } from "#ui/rooms/dialogs.tsx";
import { StatusForm } from "./status-form.tsx";

export function StatusDialog({ isOpen, onClose }: AskedDialogProps) {
  return (
    <Dialog
      title="Your status"
      about="Shown beside your name until you clear it or it runs out."
      isOpen={isOpen}
      onClose={onClose}
      size="m"
    >
      <StatusForm onDone={onClose} />
    </Dialog>
  );
}
