"use client";

import Check from "lucide-react/icons/check";
import Link2 from "lucide-react/icons/link";
import { useState } from "react";
import { copy, copyAddress } from "#ui/kit/clipboard.ts";

/** The same from a menu. */
export function invitePeople(): void {
  void copyAddress(location.origin, { title: "Address copied", body: "Send it to whoever should be here." });
}

/** Copies this server's address, for somebody to join with. */
export function InviteStep() {
  const [state, setState] = useState<"ready" | "copied" | "shown">("ready");
  const invite = async () => setState((await copy(location.origin)) ? "copied" : "shown");
  return (
    <button type="button" onClick={() => void invite()}>
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
