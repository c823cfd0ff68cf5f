"use client";

import { type MouseEvent, type PointerEvent, useRef, useState } from "react";
import type { MenuOfRoom } from "./sidebar-menu.tsx";

const LONG_PRESS_MS = 500;
/** A finger that moves further than this scrolls. */
const SLIP = 10;

type Press = { timer: ReturnType<typeof setTimeout>; x: number; y: number };

/** Which room's menu is open: by the right button, the menu key, or a long press, which Safari does not call a context menu. */
export function useRowMenu() {
  const [asked, setAsked] = useState<MenuOfRoom | null>(null);
  const press = useRef<Press | null>(null);
  const isHeld = useRef(false);
  const drop = () => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  };
  const ask = (row: HTMLElement, at?: { x: number; y: number }) => {
    drop();
    setAsked({ roomId: row.dataset.room ?? "", place: at ?? row });
  };
  const on = {
    onContextMenu: (event: MouseEvent) => {
      const row = rowAt(event.target);
      if (!row) return;
      event.preventDefault();
      // The menu key comes without a pointer: the menu then stands at its row.
      const isPointed = event.button === 2 && event.detail !== 0;
      ask(row, isPointed ? { x: event.clientX, y: event.clientY } : undefined);
    },
    onPointerDown: ({ pointerType, target, clientX: x, clientY: y }: PointerEvent) => {
      isHeld.current = false;
      const row = rowAt(target);
      if (pointerType !== "touch" || !row) return;
      const held = () => {
        isHeld.current = true;
        ask(row);
      };
      press.current = { timer: setTimeout(held, LONG_PRESS_MS), x, y };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const at = press.current;
      if (at && Math.hypot(clientX - at.x, clientY - at.y) > SLIP) drop();
    },
    onPointerUp: drop,
    onPointerCancel: drop,
    // The finger that opened the menu leaves the row as a click, which must not open the room.
    onClickCapture: (event: MouseEvent) => {
      if (!isHeld.current) return;
      isHeld.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return { asked, close: () => setAsked(null), on };
}

function rowAt(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-room]") : null;
}
