"use client";

import Check from "lucide-react/icons/check";
import Link2 from "lucide-react/icons/link";
import { useState } from "react";

/** Copies this server's address, for somebody to join with. */
export function InviteStep() {
  const [state, setState] = useState<"ready" | "copied" | "shown">("ready");
  const copy = async () => {
    // The clipboard is closed to pages on plain http: then the address is shown, to copy by hand.
    const isCopied = await (
      navigator.clipboard?.writeText(location.origin).then(() => true) ?? Promise.resolve(false)
    ).catch(() => false);
    setState(isCopied ? "copied" : "shown");
  };
  return (
    <button type="button" onClick={copy}>
      {state === "copied" ? <Check className="i l" /> : <Link2 className="i l" />}
      <span>
        <b>Invite people</b>
        <small aria-live="polite">
          {state === "ready"
            ? "Copy the address, and send it to whoever should be here"
            : state === "copied"
              ? "Copied"
              : location.origin}
        </small>
      </span>
    </button>
  );
}
