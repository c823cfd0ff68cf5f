"use client";

import { Calm } from "#ui/kit/calm.tsx";

/** In a room's place, once one is no longer in it. A full load: the lobby is found by the server. */
export function RoomLeft() {
  return (
    <Calm title="You're no longer in this room.">
      <p>What was said here stays with the people in it.</p>
      <a className="button main" href="/">
        Go to the lobby
      </a>
    </Calm>
  );
}
