import { USERNAME_MAX, USERNAME_MIN } from "#shared/limits.ts";

/** As in `Username`: begins with a letter or a digit; one more than may be, so that too long a name is seen to be none. */
const NAME = new RegExp(`[a-z0-9][a-z0-9._-]{0,${USERNAME_MAX}}`, "iy");
const SLUG = /[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,80}/uy;
/** What a name cannot follow: `ana@example` is a mail address, `page#part` and `/#part` are places in pages. */
const BEFORE_PERSON = /[\p{L}\p{N}_@#&]/u;
const BEFORE_ROOM = /[\p{L}\p{N}_@#&/]/u;
/** What would make it another word: `@ana@example` lives elsewhere. */
const AFTER = /[\p{L}\p{N}@]/u;

/** The name behind the `@` or `#` at `at`: where it ends, and what it is. A sentence's full stop is not part of it. */
export function nameAt(text: string, at: number): { to: number; name: string } | null {
  const isPerson = text[at] === "@";
  if (at > 0 && (isPerson ? BEFORE_PERSON : BEFORE_ROOM).test(text[at - 1] as string)) return null;
  const grammar = isPerson ? NAME : SLUG;
  grammar.lastIndex = at + 1;
  const name = grammar.exec(text)?.[0].replace(/\.+$/, "");
  if (!name) return null;
  const to = at + 1 + name.length;
  if (isPerson && (name.length < USERNAME_MIN || name.length > USERNAME_MAX)) return null;
  if (to < text.length && AFTER.test(text[to] as string)) return null;
  return { to, name: name.toLowerCase() };
}
