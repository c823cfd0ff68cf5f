const NAMED = 8;

/** "You, Ben and Cleo reacted with 🎉"; of many, the first few and how many more. */
export function reactionWords(names: readonly string[], emoji: string): string {
  const more = names.length - NAMED;
  const listed = more > 0 ? [...names.slice(0, NAMED), `${more} more`] : names;
  return `${new Intl.ListFormat("en").format(listed)} reacted with ${emoji}`;
}
