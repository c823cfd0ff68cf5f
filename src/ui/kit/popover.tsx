"use client";

import { type ReactNode, type RefObject, useRef } from "react";
import { part, usePart, warm } from "./part.ts";

export type PopoverProps = {
  /** What it is about, for who cannot see where it points. */
  label: string;
  /** Open while there is one. */
  anchor: HTMLElement | null;
  onClose: () => void;
  children: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
  align?: "start" | "center" | "end";
  initialFocus?: RefObject<HTMLElement | null>;
  /** Where the focus goes afterwards, when that is not the anchor. */
  finalFocus?: RefObject<HTMLElement | null>;
};
export type PopoverPopupProps = Omit<PopoverProps, "anchor"> & { anchor: HTMLElement; isOpen: boolean };

const popup = part(() => import("./popover-popup.tsx").then((module) => module.PopoverPopup));

export function warmPopover(): void {
  warm(popup);
}

/** Something that floats beside its button: a card, a picker. On a phone a sheet from below. */
export function Popover({ anchor, ...rest }: PopoverProps) {
  const Popup = usePart(popup, anchor !== null, rest.onClose);
  const last = useRef<HTMLElement | null>(null);
  if (anchor) last.current = anchor;
  return Popup && last.current && <Popup {...rest} anchor={last.current} isOpen={anchor !== null} />;
}
