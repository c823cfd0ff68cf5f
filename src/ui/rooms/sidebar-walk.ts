import type { KeyboardEvent } from "react";

/** Arrows walk the list, over section headings; Home and End go to its ends. */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const rows = rowsIn(event.currentTarget);
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  rows[to]?.focus();
}

/**
 * The room above or below the current one, as the list shows them; of the unread ones alone when asked. Null when there is
 * none: it does not go round.
 */
export function neighbour(list: HTMLElement, step: 1 | -1, isUnreadOnly: boolean): HTMLElement | null {
  const rows = [...list.querySelectorAll<HTMLElement>("[data-room]")];
  const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  for (let next = at < 0 && step < 0 ? rows.length - 1 : at + step; next >= 0 && next < rows.length; next += step) {
    const row = rows[next];
    if (row && (!isUnreadOnly || row.classList.contains("unread"))) return row;
  }
  return null;
}

function rowsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(".row")];
}
