import { loadShortcodes } from "#ui/emoji/shortcodes.ts";
import { applyEdit } from "./edit.ts";
import { completedShortcode } from "./trigger.ts";

/** `:tada:` becomes the emoji when its last colon is typed; Ctrl+Z gives the letters back. */
export async function completeShortcode(field: HTMLTextAreaElement): Promise<void> {
  const caret = field.selectionStart;
  const found = completedShortcode(field.value, caret);
  if (!found) return;
  const typed = field.value;
  const emoji = await loadShortcodes().then(
    (shortcodes) => shortcodes.emojiFor(found.code),
    () => undefined,
  );
  // The first one waits for the data; whoever has typed on keeps what was typed.
  if (!emoji || field.value !== typed || field.selectionStart !== caret || document.activeElement !== field) return;
  const after = found.start + emoji.length;
  applyEdit(field, { start: found.start, end: caret, insert: emoji, selectStart: after, selectEnd: after });
}
