import { useShortcodes } from "#ui/emoji/shortcodes.ts";

/** The emoji of a code that was not made one while it was written: said by a program, or in haste. What is none stays a word. */
export function Shortcode({ code, text }: { code: string; text: string }) {
  return useShortcodes()?.emojiFor(code) ?? text;
}
