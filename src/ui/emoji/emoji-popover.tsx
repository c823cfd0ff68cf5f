"use client";

import type { RefObject } from "react";
import { part, usePart, warm } from "#ui/kit/part.ts";
import { Popover, warmPopover } from "#ui/kit/popover.tsx";

const picker = part(() => import("./emoji-picker.tsx").then((module) => module.EmojiPicker));

export function warmEmoji(): void {
  warm(picker);
  warmPopover();
}

type Props = {
  /** The button that asked; open while there is one. */
  anchor: HTMLElement | null;
  onPick: (emoji: string) => void;
  onClose: () => void;
  label?: string;
  side?: "top" | "bottom";
  finalFocus?: RefObject<HTMLElement | null>;
};

/** The picker beside a button, fetched when it is first opened. Closes itself when something was picked. */
export function EmojiPopover({ anchor, onPick, onClose, label = "Choose an emoji", side = "top", finalFocus }: Props) {
  const Picker = usePart(picker, anchor !== null, onClose);
  return (
    <Popover
      label={label}
      anchor={Picker && anchor}
      side={side}
      align="end"
      onClose={onClose}
      {...(finalFocus ? { finalFocus } : {})}
    >
      {Picker && (
        <Picker
          onPick={(emoji) => {
            onClose();
            onPick(emoji);
          }}
        />
      )}
    </Popover>
  );
}
