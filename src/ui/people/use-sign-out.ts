"use client";

import { useState } from "react";
import { leaveByChoice } from "#ui/gate/leave.ts";

/** The way out. What waits in the outbox stays on the device. */
export function useSignOut() {
  const [state, setState] = useState<"here" | "leaving" | "failed">("here");
  const leave = async () => {
    setState("leaving");
    try {
      // Fetched when it is wanted: it weighs as much as all panels together.
      const { signOut } = await import("next-auth/react");
      await leaveByChoice(() => signOut({ redirect: false }));
    } catch {
      // To lead to sign-in now would be to say that one is signed out, on a device that is not.
      setState("failed");
    }
  };
  return { state, leave };
}
