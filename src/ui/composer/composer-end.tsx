import ArrowUp from "lucide-react/icons/arrow-up";

/** The way out: sent, or with `onCancel` saved. */
export function ComposerEnd({ canSend, onCancel }: { canSend: boolean; onCancel: (() => void) | undefined }) {
  if (onCancel)
    return (
      <div className="ends">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button main" disabled={!canSend}>
          Save
        </button>
      </div>
    );
  return (
    <button type="submit" className="send" aria-label="Send" disabled={!canSend}>
      <ArrowUp className="i l" />
    </button>
  );
}
