import type { KeyboardEvent } from "react";
import { isInFence } from "./code.ts";
import { applyEdit } from "./edit.ts";
import { type Mark, makeLink, toggleMark } from "./formatting.ts";
import { breakLine } from "./line-break.ts";

const MARKS: Record<string, Mark> = { b: "**", i: "_", e: "`" };

/** Ctrl or Cmd with B, I, E, Shift+X; with K where something is selected, for without it K is the palette's. */
export function formatByKey(event: KeyboardEvent, field: HTMLTextAreaElement): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const { value: text, selectionStart: start, selectionEnd: end } = field;
  const key = event.key.toLowerCase();
  const mark = event.shiftKey ? (key === "x" ? "~~" : undefined) : MARKS[key];
  if (mark) applyEdit(field, toggleMark({ text, start, end }, mark));
  else if (key === "k" && !event.shiftKey && start !== end) applyEdit(field, makeLink({ text, start, end }));
  else return false;
  event.preventDefault();
  return true;
}

/** What Enter does: it sends, or breaks the line. Under a finger, whose Enter has no Shift, and inside a fence it breaks it. */
export function isSendingKey(event: KeyboardEvent, field: HTMLTextAreaElement): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return true;
  // As if the line were ended here: the Enter behind the opening mark begins the code, it does not send the mark.
  const before = `${field.value.slice(0, field.selectionStart)}\n`;
  return !matchMedia("(hover: none) and (pointer: coarse)").matches && !isInFence(before, before.length);
}

/** Any other Enter: the next line of the list, the quotation or the code. */
export function breakByKey(event: KeyboardEvent, field: HTMLTextAreaElement): void {
  if (event.key !== "Enter" || event.altKey) return;
  event.preventDefault();
  applyEdit(field, breakLine(field.value, field.selectionStart, field.selectionEnd));
}
