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
  const isMeant = useRef(false);
  const answer = useCallback((isYes: boolean) => {
    isMeant.current = isYes;
    question.get()?.answer(isYes);
  }, []);
  const refuse = useCallback(() => answer(false), [answer]);
  if (!last.current) return null;
  const { title, body, action, isGrave = false, goOn } = last.current;
  return (
    <Dialog
      title={title}
      about={body}
      isOpen={asked !== null}
      onClose={refuse}
      isQuestion
      initialFocus={cancel}
      goOn={() => (isMeant.current ? goOn?.() : undefined)}
      actions={
        <>
          <button ref={cancel} type="button" className="button" onClick={refuse}>
            Cancel
          </button>
          <button type="button" className={isGrave ? "button grave" : "button main"} onClick={() => answer(true)}>
            {action}
          </button>
        </>
      }
    >
      {null}
    </Dialog>
  );
}
