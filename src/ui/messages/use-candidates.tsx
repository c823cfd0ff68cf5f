"use client";

import Hash from "lucide-react/icons/hash";
import { useMemo } from "react";
import { can } from "#shared/can.ts";
import type { MyRoom } from "#shared/rooms.ts";
import type { Candidate, ComposerCandidates } from "#ui/composer/candidates.ts";
import { CANDIDATES_MAX } from "#ui/composer/candidates.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useClient } from "#ui/trpc/client-context.ts";

/** Who and what can be named in a room. */
export function useCandidates(roomId: string): ComposerCandidates {
  const { me, role } = useChat();
  const client = useClient();
  const room = useMyRoom(roomId);
  const isArchived = room?.archivedAt !== null;
  const canMentionRoom =
    room !== undefined &&
    can({ serverRole: role, roomRole: room.role }, "message.mention-room", { ...room, isArchived }) &&
    room.kind !== "direct";
  return useMemo(
    () => ({
      canMentionRoom,
      people: async (query) => {
        const found = await client.person.find.query({ query, in: roomId, limit: CANDIDATES_MAX }).catch(() => []);
        return found.map(
          (person): Candidate => ({
            id: person.id,
            text: `@${person.username}`,
            label: person.name,
            detail: person.username,
            sign: <Face person={person} size="s" />,
          }),
        );
      },
      rooms: (query) => roomsFor([...me.getState().rooms.values()], query),
    }),
    [client, me, roomId, canMentionRoom],
  );
}

function roomsFor(rooms: readonly MyRoom[], query: string): Candidate[] {
  const wanted = query.toLowerCase();
  return rooms
    .flatMap(({ id, slug, title, archivedAt }) => (slug?.includes(wanted) && !archivedAt ? [{ id, slug, title }] : []))
    .sort((a, b) => Number(b.slug.startsWith(wanted)) - Number(a.slug.startsWith(wanted)))
    .slice(0, CANDIDATES_MAX)
    .map(({ id, slug }) => ({ id, text: `#${slug}`, label: slug, sign: <Hash className="i" /> }));
}
