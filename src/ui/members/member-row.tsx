"use client";

import Ellipsis from "lucide-react/icons/ellipsis";
import { memo, useRef } from "react";
import type { Member, MyRoom } from "#shared/rooms.ts";
import { dayName, dayOf, useClock } from "#ui/kit/clock.ts";
import { MenuButton } from "#ui/kit/menu.tsx";
import { usePerson } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";
import { openProfile } from "#ui/people/profile-store.ts";
import { StatusEmoji } from "#ui/people/status-emoji.tsx";
import { PresenceNote } from "#ui/presence/presence-note.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useDirectRoom } from "#ui/rooms/use-direct-room.ts";
import { memberMenu } from "./member-menu.ts";
import { useMemberDeeds } from "./use-member-deeds.ts";

type Props = { member: Member; room: MyRoom; label: string };

/** Somebody in a room. */
export const MemberRow = memo(function MemberRow({ member, room, label }: Props) {
  const { viewer, role } = useChat();
  const person = usePerson(member.person);
  const { name, username } = person;
  const theirRole = "role" in person ? person.role : "member";
  const row = useRef<HTMLButtonElement>(null);
  const deeds = useMemberDeeds(member, name, room, label);
  const openDirect = useDirectRoom();
  const isMe = member.person.id === viewer.id;
  const seeProfile = () => row.current && openProfile(member.person, row.current, member.role);
  const items = memberMenu(
    { member, name, label, room, viewerId: viewer.id, role, theirRole },
    { ...deeds, seeProfile: () => void seeProfile(), message: () => void openDirect(member.person.id) },
  );
  return (
    <li className="member">
      <button ref={row} type="button" className="member-face" onClick={seeProfile}>
        <Face person={member.person} hasDot />
        <span className="lines">
          <b>
            {name}
            {isMe && " (you)"}
            <PresenceNote userId={member.person.id} />
            <StatusEmoji person={member.person} />
          </b>
          <small>
            @{username}, {theirRole !== "member" && `server ${theirRole}, `}
            <Joined at={member.joinedAt} />
          </small>
        </span>
      </button>
      <MenuButton label={`More about ${name}`} items={items}>
        <Ellipsis className="i" />
      </MenuButton>
    </li>
  );
});

function Joined({ at }: { at: string }) {
  const clock = useClock();
  const day = dayName(dayOf(at, clock.zone), clock);
  const words = /^(Today|Yesterday)/.exec(day)?.[0].toLowerCase() ?? day;
  return <time dateTime={at}>joined {words}</time>;
}
