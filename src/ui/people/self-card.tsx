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
  const isHydrated = useHydrated();
  const leave = async () => {
    setIsLeaving(true);
    await signOut({ redirect: false }).catch(() => {});
    location.assign("/sign-in");
  };
  return (
    <footer className="self">
      <Face person={viewer} size="m" />
      <div>
        <b>{viewer.name}</b>
        <small>@{viewer.username}</small>
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
