"use client";

import { useEffect } from "react";
import { Calm } from "#ui/kit/calm.tsx";
import { useHydrated } from "#ui/kit/hydrated.ts";
import { useChat } from "./chat-context.ts";
import { roomPath } from "./room-address.ts";

/** Beside the list, where there is a beside: a wide screen goes on to the lobby. On a phone the list is the page. */
export function RoomsHome({ lobbyId }: { lobbyId: string | null }) {
  const { serverName } = useChat();
  // Not before: the router hears of the address by the history that it wraps in an effect of its own, which runs after ours.
  const isHydrated = useHydrated();
  useEffect(() => {
    // At once: a transition would still be under way when somebody picks another room, and take them back from it.
    if (isHydrated && lobbyId && matchMedia("(min-width: 640px)").matches)
      history.replaceState(null, "", roomPath(lobbyId));
  }, [isHydrated, lobbyId]);
  useEffect(() => {
    document.title = `Rooms, ${serverName}`;
  }, [serverName]);
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
