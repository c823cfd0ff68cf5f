"use client";

import LogOut from "lucide-react/icons/log-out";
import { signOut } from "next-auth/react";
import { useState } from "react";
import type { Person } from "#shared/people.ts";
import { useHydrated } from "#ui/kit/hydrated.ts";
import { Face } from "./face.tsx";

/** Oneself, at the foot of the sidebar, and the way out. What waits in the outbox stays on the device. */
export function SelfCard({ viewer }: { viewer: Person }) {
  const [isLeaving, setIsLeaving] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const isHydrated = useHydrated();
  const leave = async () => {
    setIsLeaving(true);
    try {
      await signOut({ redirect: false });
      location.assign("/sign-in");
    } catch {
      // To lead to sign-in now would be to say that one is signed out, on a device that is not.
      setHasFailed(true);
      setIsLeaving(false);
    }
  };
  return (
    <footer className="self">
      <Face person={viewer} size="m" />
      <div>
        <b>{viewer.name}</b>
        {hasFailed ? <small role="alert">Still signed in. Try again.</small> : <small>@{viewer.username}</small>}
      </div>
      <button
        type="button"
        className="tool"
        aria-label="Sign out"
        title="Sign out"
        disabled={!isHydrated || isLeaving}
        onClick={leave}
      >
        <LogOut className="i l" />
      </button>
    </footer>
  );
}
