"use client";

import { useCallback, useRef, useSyncExternalStore } from "react";
import { type OpenQuestion, question } from "./confirm-store.ts";
import { Dialog } from "./dialog.tsx";

/** Where `confirm()` asks. The focus is on the way out, so that an Enter too many does no harm. */
export function Confirmations() {
  const asked = useSyncExternalStore(question.subscribe, question.get, () => null);
  const cancel = useRef<HTMLButtonElement>(null);
  // Its words stay while it leaves.
  const last = useRef<OpenQuestion | null>(null);
  if (asked) last.current = asked;
  const refuse = useCallback(() => question.get()?.answer(false), []);
  if (!last.current) return null;
  const { title, body, action, isGrave = false } = last.current;
  return (
    <Dialog
      title={title}
      about={body}
      isOpen={asked !== null}
      onClose={refuse}
      isQuestion
      initialFocus={cancel}
      actions={
        <>
          <button ref={cancel} type="button" className="button" onClick={refuse}>
            Cancel
          </button>
          <button
            type="button"
            className={isGrave ? "button grave" : "button main"}
            onClick={() => asked?.answer(true)}
          >
            {action}
          </button>
        </>
      }
    >
      {null}
    </Dialog>
  );
}
