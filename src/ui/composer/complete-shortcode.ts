import { loadShortcodes } from "#ui/emoji/shortcodes.ts";
import { applyEdit } from "./edit.ts";
import { withEmoji } from "./trigger.ts";

/**
 * `:tada:` becomes the emoji when its last colon is typed, or when it is pasted: whatever has come before the caret since
 * `before` was all. Ctrl+Z gives the letters back.
 */
export async function completeShortcodes(field: HTMLTextAreaElement, before: string): Promise<void> {
  const { value: typed, selectionStart: caret } = field;
  const from = commonStart(before, typed.slice(0, caret));
  if (!withEmoji(typed, from, caret, () => "?")) return;
  const emojiFor = await loadShortcodes().then(
    (shortcodes) => shortcodes.emojiFor,
    () => () => undefined,
  );
  // The first one waits for the data; whoever has typed on keeps what was typed.
  const isStill = field.value === typed && field.selectionStart === caret && document.activeElement === field;
  const edit = isStill && withEmoji(typed, from, caret, emojiFor);
  if (edit) applyEdit(field, edit);
}

/** How many letters two texts begin with in common. */
function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at++;
  return at;
}
