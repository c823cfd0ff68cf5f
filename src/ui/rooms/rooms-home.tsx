"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Calm } from "#ui/kit/calm.tsx";

/** Beside the list, where there is a beside: a wide screen goes on to the lobby. On a phone the list is the page. */
export function RoomsHome({ lobbyId }: { lobbyId: string | null }) {
  const router = useRouter();
  useEffect(() => {
    if (lobbyId && matchMedia("(min-width: 640px)").matches) router.replace(`/rooms/${lobbyId}`);
  }, [router, lobbyId]);
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
