"use client";

import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import type { Message } from "#shared/messages.ts";
import type { Conversation } from "./conversation.ts";
import { ACT_KEYS, type MessageAct } from "./message-acts.ts";
import { warmMessageMenu } from "./message-floats.tsx";
import type { MessageActs } from "./use-message-acts.ts";

const LONG_PRESS_MS = 450;
const STILL_PX = 10;
/** What a browser makes of a release for old pages comes within this. */
const RELEASE_MS = 350;
/** A focus this soon after a press came from it. */
const CLICK_MS = 500;
const ROW = "[data-message]";
const TOOLS = "button:not([aria-hidden]), a[href]";

type Find = (messageId: string) => Message | undefined;

/**
 * The rows under a keyboard and a finger. Tab reaches one row, arrows walk from there, letters act on it, the menu key opens
 * its menu; a long press opens the same as a sheet.
 */
export function useListKeys(conversation: Conversation, acts: MessageActs, find: Find) {
  const [tabStop, setTabStop] = useState<string | null>(null);
  const latest = useRef({ acts, find });
  latest.current = { acts, find };
  const on = useMemo(() => {
    const press = longPress((row) => openMenu(row));
    const openMenu = (row: HTMLElement) => {
      const message = latest.current.find(row.dataset.message ?? "");
      if (message && message.kind !== "system") conversation.float({ kind: "menu", message, place: row });
    };
    let pointedAt = Number.NEGATIVE_INFINITY;
    let isPointed = false;
    const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
      const row = rowOf(event.target);
      if (!row) return;
      if (event.target !== row) return walkTools(event, row);
      if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey) || event.key === "Enter") {
        event.preventDefault();
        return openMenu(row);
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // Whoever clicked a row and goes on typing means the composer: a stray "p" must not pin.
      if (step(event, row) || isPointed) return;
      const { acts, find } = latest.current;
      const message = find(row.dataset.message ?? "");
      const act = ACT_KEYS[event.key];
      if (!message || !act || !acts.offered(message).has(act)) return;
      event.preventDefault();
      doAct(acts, act, message);
    };
    const onFocus = (event: { target: EventTarget }) => {
      const id = rowOf(event.target)?.dataset.message;
      if (id) setTabStop(id);
      isPointed = performance.now() - pointedAt < CLICK_MS;
    };
    const onPointerDown = (event: PointerEvent) => {
      pointedAt = performance.now();
      press.onPointerDown(event);
    };
    return { ...press, onKeyDown, onFocus, onPointerDown };
  }, [conversation]);
  return { tabStop, on };
}

function doAct(acts: MessageActs, act: MessageAct, message: Message): void {
  if (act === "edit") acts.edit(message);
  else if (act === "quote") acts.quote(message);
  else if (act === "thread") acts.thread(message);
  else if (act === "pin") acts.togglePinned(message);
  else if (act === "save") acts.toggleSaved(message);
  else if (act === "delete") void acts.remove(message);
}

/** Up and down from row to row; right into the row's buttons. */
function step(event: KeyboardEvent, row: HTMLElement): boolean {
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(ROW)];
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const next = by
    ? rows[rows.indexOf(row) + by]
    : event.key === "ArrowRight"
      ? row.querySelector<HTMLElement>(".actions button")
      : null;
  if (!next) return false;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function walkTools(event: KeyboardEvent, row: HTMLElement): void {
  if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return;
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.key === "Escape") return row.focus({ preventScroll: true });
  if (!by) return;
  const tools = [...row.querySelectorAll<HTMLElement>(TOOLS)];
  event.preventDefault();
  (tools[tools.indexOf(event.target as HTMLElement) + by] ?? row).focus({ preventScroll: true });
}

/** A finger that rests. What the browser would do with it (select a word, open its own menu) does not happen. */
function longPress(onPress: (row: HTMLElement) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  let isTouch = false;
  const stop = () => clearTimeout(timer);
  return {
    onPointerDown: (event: PointerEvent) => {
      stop();
      isTouch = event.pointerType === "touch";
      const row = rowOf(event.target);
      if (!isTouch || !row) return;
      from = { x: event.clientX, y: event.clientY };
      warmMessageMenu();
      timer = setTimeout(() => {
        swallowRelease();
        onPress(row);
      }, LONG_PRESS_MS);
    },
    onPointerMove: (event: PointerEvent) => {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (event: { preventDefault(): void; target: EventTarget }) => {
      if (isTouch && rowOf(event.target)) event.preventDefault();
    },
  };
}

/** The sheet opens under the finger: letting go must not choose what has just appeared there. */
function swallowRelease(): void {
  const stop = new AbortController();
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  const options = { capture: true, passive: false, signal: stop.signal };
  for (const type of ["pointerup", "touchend", "mousedown", "mouseup", "click"])
    document.addEventListener(type, swallow, options);
  const end = () => setTimeout(() => stop.abort(), RELEASE_MS);
  for (const type of ["touchend", "touchcancel"]) document.addEventListener(type, end, { capture: true, once: true });
}

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(ROW) : null;
}
