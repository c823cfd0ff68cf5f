"use client";

import X from "lucide-react/icons/x";
import { useEffect, useState, useSyncExternalStore } from "react";
import { dismissToast, type ShownToast, toasts } from "./toast-store.ts";

const READ_MS = 6_000;
const NONE: readonly ShownToast[] = [];

/** The one region for what happened elsewhere. There from the start: a live region that appears with its words is not read. */
export function Toasts() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get, () => NONE);
  return (
    <section className="toasts" aria-label="Notices" aria-live="polite" aria-relevant="additions">
      {shown.map((toast) => (
        <Notice key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function Notice({ toast: { id, title, body, sign, action, stays = false } }: { toast: ShownToast }) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (stays || isHeld) return;
    const timer = setTimeout(() => dismissToast(id), READ_MS);
    return () => clearTimeout(timer);
  }, [id, stays, isHeld]);
  const hold = { onPointerEnter: () => setIsHeld(true), onFocus: () => setIsHeld(true) };
  const release = { onPointerLeave: () => setIsHeld(false), onBlur: () => setIsHeld(false) };
  return (
    <div className="toast" {...hold} {...release}>
      {sign}
      <div>
        <b>{title}</b>
        {body && <p>{body}</p>}
      </div>
      {action && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            dismissToast(id);
            action.onAct();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="tool" aria-label="Dismiss" onClick={() => dismissToast(id)}>
        <X className="i" />
      </button>
    </div>
  );
}
