"use client";

import type { LucideIcon } from "lucide-react";
import { type ReactNode, useCallback, useId, useRef, useState } from "react";
import { part, usePart, warm } from "./part.ts";

export type MenuItem = {
  label: string;
  icon?: LucideIcon;
  /** What does the same from the keyboard, to be shown: "E". */
  keys?: string;
  detail?: string;
  isGrave?: boolean;
  isDisabled?: boolean;
  /** Given, the item is a choice that is on or off. */
  isOn?: boolean;
  /** It is one of those beside it that say so too: one of them is on. */
  isOneOf?: boolean;
  onSelect: () => void;
};
/** A round button in the row above the items: the quick reactions. */
export type QuickItem = { label: string; face: ReactNode; isOn?: boolean; onSelect: () => void };
export type MenuContent = { items: readonly (MenuItem | "line")[]; quick?: readonly QuickItem[]; about?: ReactNode };
export type MenuPoint = { x: number; y: number };
export type MenuPlace = HTMLElement | MenuPoint;

export type MenuPopupProps = MenuContent & {
  label: string;
  place: MenuPlace;
  isOpen: boolean;
  onClose: () => void;
  id?: string | undefined;
};

const popup = part(() => import("./menu-popup.tsx").then((module) => module.MenuPopup));

/** Fetches the menu's body before somebody needs it, as for a row that may be pressed long. */
export function warmMenu(): void {
  warm(popup);
}

type MenuProps = MenuContent & { label: string; place: MenuPlace | null; onClose: () => void; id?: string };

/** A menu at an element or a point, open while there is a place; a sheet from below on a phone. */
export function Menu({ place, ...rest }: MenuProps) {
  const Popup = usePart(popup, place !== null, rest.onClose);
  const last = useRef<MenuPlace | null>(null);
  if (place) last.current = place;
  return Popup && last.current && <Popup {...rest} place={last.current} isOpen={place !== null} />;
}

type ButtonProps = MenuContent & {
  label: string;
  className?: string;
  children: ReactNode;
  isDisabled?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

/** A button that opens a menu. */
export function MenuButton({ label, className = "tool", children, isDisabled, onOpenChange, ...content }: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const turn = useCallback(
    (isNowOpen: boolean) => {
      setIsOpen(isNowOpen);
      onOpenChange?.(isNowOpen);
    },
    [onOpenChange],
  );
  const close = useCallback(() => turn(false), [turn]);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        data-tip={label}
        disabled={isDisabled}
        onPointerEnter={warmMenu}
        onFocus={warmMenu}
        onClick={() => turn(true)}
      >
        {children}
      </button>
      <Menu {...content} id={id} label={label} place={isOpen ? button.current : null} onClose={close} />
    </>
  );
}
