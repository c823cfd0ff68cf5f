"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { BrowsedRoom } from "#shared/rooms.ts";
import { Calm } from "#ui/kit/calm.tsx";
import { useMyRoom } from "#ui/me/use-me.ts";
import { useRoomActions } from "./room-actions.ts";
import { HereLink } from "./room-link.tsx";

/** In a public channel's place, for whoever was led to it and is not in it. Once they are, the page is what they came for. */
export function JoinChannel({ offered: { room, memberCount } }: { offered: BrowsedRoom }) {
  const router = useRouter();
  const actions = useRoomActions();
  const [isJoining, setIsJoining] = useState(false);
  // My list says so, whoever took me in: this button, another tab, somebody else.
  const isIn = useMyRoom(room.id) !== undefined;
  useEffect(() => {
    if (isIn) router.refresh();
  }, [isIn, router]);

  const join = async () => {
    setIsJoining(true);
    // My list may not hear of it: where sockets are refused nothing does.
    if (await actions.join(room)) router.refresh();
    else setIsJoining(false);
  };
  const isAbandoned = room.archivedAt !== null && memberCount === 0;
  const canJoin = room.archivedAt === null || isAbandoned;
  return (
    <Calm title={`#${room.slug ?? room.title}`}>
      {room.topic && <p className="about">{room.topic}</p>}
      <p>
        {isAbandoned
          ? "Everybody has left this channel"
          : `${memberCount === 1 ? "1 person is" : `${memberCount} people are`} in this channel`}
        .{" "}
        {isAbandoned
          ? "Whoever joins it now owns it, and can restore it."
          : canJoin
            ? "Anybody here can join, and read what was said before."
            : "It is archived: only they can still read it."}
      </p>
      {canJoin && (
        <button
          type="button"
          className="button main"
          aria-busy={isJoining}
          disabled={isJoining}
          onClick={() => void join()}
        >
          {isJoining ? "Joining…" : "Join channel"}
        </button>
      )}
      <HereLink path="/rooms" className="text-button to-list">
        Back to rooms
      </HereLink>
    </Calm>
  );
}
