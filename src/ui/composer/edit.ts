/** A change of the text: what stands from `start` to `end` becomes `insert`, then this is selected. */
export type Edit = { start: number; end: number; insert: string; selectStart: number; selectEnd: number };

/** The text after a change; what the field itself does with it, in tests. */
export function edited(text: string, { start, end, insert }: Edit): string {
  return text.slice(0, start) + insert + text.slice(end);
}

/**
 * Changes the field as if it had been typed, so that Ctrl+Z takes it back. `execCommand` is deprecated and has no
 * successor: setRangeText, which is what remains where it is refused, is not undoable.
 */
export function applyEdit(field: HTMLTextAreaElement, { start, end, insert, selectStart, selectEnd }: Edit): void {
  field.focus();
  field.setSelectionRange(start, end);
  if (start !== end || insert !== "") {
    const isDone = insert === "" ? document.execCommand("delete") : document.execCommand("insertText", false, insert);
    if (!isDone) {
      field.setRangeText(insert, start, end, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: insert }));
    }
  }
  field.setSelectionRange(selectStart, selectEnd);
}
