import type { EmojiMatch } from "./use-emoji-search.ts";

/** What the emoji is called that would be taken. It is read with the emoji itself. */
export function EmojiFoot({ emoji }: { emoji: EmojiMatch | undefined }) {
  return (
    <footer aria-hidden="true">
      {emoji && <span>{emoji.emoji}</span>}
      <small>{emoji ? capital(emoji.label) : "Choose an emoji"}</small>
    </footer>
  );
}

function capital(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
