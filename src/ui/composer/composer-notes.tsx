import { useChat } from "#ui/rooms/chat-context.ts";
import type { Autocomplete } from "./use-autocomplete.ts";

type Props = { id: string; length: number; isOver: boolean; autocomplete: Autocomplete };

/** What is to be known while one types: too long, or what the keys do. */
export function ComposerNotes({ id, length, isOver, autocomplete: { isOpen, candidates } }: Props) {
  const { messageMaxLength } = useChat().limits;
  const suggestions = candidates.length === 1 ? "1 suggestion" : `${candidates.length} suggestions`;
  return (
    <>
      <p id={id} className={isOver ? "hint over" : "hint"} aria-live="polite">
        {isOver && `${count(length)} of ${count(messageMaxLength)} characters. Shorten it, or send it in parts.`}
      </p>
      {length > 0 && !isOver && (
        <p className="hint keys" aria-hidden="true">
          <kbd>Shift</kbd> <kbd>Enter</kbd> for a new line
        </p>
      )}
      <span className="sr" role="status">
        {isOpen && suggestions}
      </span>
    </>
  );
}

function count(characters: number): string {
  return characters.toLocaleString("en-GB");
}
