/** As in the composer's list: a letter or a digit somewhere, and no longer than any code. */
const SHORTCODE = /:(?=[_+-]{0,49}[a-z0-9])[a-z0-9_+-]{1,50}:/iy;
/** What a code cannot stand beside: a time of day, `std::vector`. */
const BESIDE = /[\p{L}\p{N}_:]/u;

/**
 * Where the shortcode that begins with the colon at `at` ends, or null. One may follow another at once: `glued` is where the
 * last one ended.
 */
export function shortcodeEnd(text: string, at: number, glued: number): number | null {
  if (at > 0 && at !== glued && BESIDE.test(text[at - 1] as string)) return null;
  SHORTCODE.lastIndex = at;
  const found = SHORTCODE.exec(text)?.[0];
  if (!found) return null;
  const to = at + found.length;
  return to < text.length && text[to] !== ":" && BESIDE.test(text[to] as string) ? null : to;
}
