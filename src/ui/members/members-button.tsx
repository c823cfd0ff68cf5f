"use client";

import type { MyRoom } from "#shared/rooms.ts";
import { Face } from "#ui/people/face.tsx";
import { useFirstMembers } from "./use-first-members.ts";

const FACES = 3;

/** Who is here, in three faces and a number. Opens the list of all. */
export function MembersButton({ room, isOpen, onClick }: { room: MyRoom; isOpen: boolean; onClick: () => void }) {
  const { members, count } = useFirstMembers(room.id);
  const label = count === 1 ? "1 member" : `${count} members`;
  return (
    <button
      type="button"
      className="tool wide at-desk"
      aria-label={count > 0 ? label : "Members"}
      aria-expanded={isOpen}
      data-tip="Members"
      onClick={onClick}
    >
      <span className="faces">
        {members.slice(0, FACES).map(({ person }) => (
          <Face key={person.id} person={person} size="s" />
        ))}
      </span>
      <span className="num">{count > 0 ? count : ""}</span>
    </button>
  );
}
