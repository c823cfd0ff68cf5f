"use client";

import Hash from "lucide-react/icons/hash";
import { useMemo } from "react";
import { can } from "#shared/can.ts";
import type { Profile } from "#shared/people.ts";
import type { MyRoom } from "#shared/rooms.ts";
import type { Candidate, ComposerCandidates } from "#ui/composer/candidates.ts";
import { CANDIDATES_MAX, isMeant } from "#ui/composer/candidates.ts";
import { useMyRoom } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useClient } from "#ui/trpc/client-context.ts";

/** Who and what can be named in a room. */
export function useCandidates(roomId: string): ComposerCandidates {
  const { me, role, viewer } = useChat();
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
        const find = (where: { in: string } | { notIn: string }) =>
          client.person.find.query({ query, limit: CANDIDATES_MAX, ...where }).catch(() => []);
        // Before a letter is typed those who are here are meant.
        const [here, elsewhere] = await Promise.all([find({ in: roomId }), query ? find({ notIn: roomId }) : []]);
        return [
          ...here.map((person) => personCandidate(person, person.username)),
          ...elsewhere.map((person) => personCandidate(person, `${person.username}, not in this room`)),
        ];
      },
      known: (query) =>
        [...me.getState().people.values()]
          .filter(({ id }) => id !== viewer.id)
          .map((person) => personCandidate(person, person.username))
          .filter((candidate) => isMeant(candidate, query))
          .sort((one, other) => rankOf(one, query) - rankOf(other, query))
          .slice(0, CANDIDATES_MAX),
      rooms: async (query) => {
        const mine = roomsFor([...me.getState().rooms.values()], query);
        if (!query || mine.length >= CANDIDATES_MAX) return mine;
        const { rooms } = await client.room.browse.query({ query }).catch(() => ({ rooms: [] }));
        const others = rooms.flatMap(({ room, isMember }) =>
          !isMember && room.slug?.includes(query.toLowerCase()) ? roomCandidate(room.id, room.slug) : [],
        );
        return [...mine, ...others];
      },
    }),
    [client, me, viewer.id, roomId, canMentionRoom],
  );
}

function roomsFor(rooms: readonly MyRoom[], query: string): Candidate[] {
  const wanted = query.toLowerCase();
  return rooms
    .flatMap(({ id, slug, title, archivedAt }) => (slug?.includes(wanted) && !archivedAt ? [{ id, slug, title }] : []))
    .sort((a, b) => Number(b.slug.startsWith(wanted)) - Number(a.slug.startsWith(wanted)))
    .slice(0, CANDIDATES_MAX)
    .map(({ id, slug }) => roomCandidate(id, slug));
}

function roomCandidate(id: string, slug: string): Candidate {
  return { id, text: `#${slug}`, label: slug, sign: <Hash className="i" /> };
}

function personCandidate(person: Profile, detail: string): Candidate {
  const { id, username, name } = person;
  return { id, text: `@${username}`, label: name, detail, sign: <Face person={person} size="s" /> };
}

/** The name itself, names that begin so, and then the rest. */
function rankOf({ text }: Candidate, query: string): number {
  const [name, wanted] = [text.slice(1).toLowerCase(), query.toLowerCase()];
  if (name === wanted) return 0;
  return name.startsWith(wanted) ? 1 : 2;
}
