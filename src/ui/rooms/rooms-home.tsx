"use client";

import { useEffect } from "react";
import { Calm } from "#ui/kit/calm.tsx";
import { roomPath } from "./room-address.ts";

/** Beside the list, where there is a beside: a wide screen goes on to the lobby. On a phone the list is the page. */
export function RoomsHome({ lobbyId }: { lobbyId: string | null }) {
  useEffect(() => {
    // At once: a transition would still be under way when somebody picks another room, and take them back from it.
    if (lobbyId && matchMedia("(min-width: 640px)").matches) history.replaceState(null, "", roomPath(lobbyId));
  }, [lobbyId]);
  return (
    <Calm title="Pick a room">
      <p>
        {lobbyId
          ? "Everyone is in the lobby."
          : "You're in no room yet. Browse the channels, or ask somebody to add you."}
      </p>
    </Calm>
  );
}
