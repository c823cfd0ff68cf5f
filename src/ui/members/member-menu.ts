"use client";

import LogOut from "lucide-react/icons/log-out";
import MessageSquare from "lucide-react/icons/message-square";
import Shield from "lucide-react/icons/shield";
import ShieldCheck from "lucide-react/icons/shield-check";
import UserRound from "lucide-react/icons/user-round";
import UserRoundMinus from "lucide-react/icons/user-round-minus";
import { can } from "#shared/can.ts";
import type { ServerRole } from "#shared/people.ts";
import type { Member, MemberRole, MyRoom } from "#shared/rooms.ts";
import type { MenuItem } from "#ui/kit/menu.tsx";
import { standingIn } from "#ui/rooms/room-menu.ts";

export type MemberDeeds = {
  seeProfile: () => void;
  message: () => void;
  setRole: (role: MemberRole) => void;
  remove: () => void;
  leave: () => void;
};
type About = {
  member: Member;
  name: string;
  label: string;
  room: MyRoom;
  viewerId: string;
  /** The viewer's on this server, and the member's as far as it is known. */
  role: ServerRole;
  theirRole: ServerRole;
};

const MAKE: { role: MemberRole; label: string; icon: MenuItem["icon"] }[] = [
  { role: "owner", label: "Make owner", icon: ShieldCheck },
  { role: "moderator", label: "Make moderator", icon: Shield },
  { role: "member", label: "Make member", icon: UserRound },
];

/** What one may do about a member: what `can` says, and nothing greyed out. */
export function memberMenu(about: About, deeds: MemberDeeds): (MenuItem | "line")[] {
  const { member, name, label, room, viewerId, role, theirRole } = about;
  const { actor, target } = standingIn(room, role);
  const isMe = member.person.id === viewerId;
  const groups: MenuItem[][] = [
    [
      { label: "See profile", icon: UserRound, onSelect: deeds.seeProfile },
      { label: isMe ? "Notes to yourself" : `Message ${name}`, icon: MessageSquare, onSelect: deeds.message },
    ],
    can(actor, "member.set-role", target)
      ? MAKE.filter((make) => make.role !== member.role).map(({ icon, label: words, role: next }) => ({
          label: words,
          ...(icon ? { icon } : {}),
          onSelect: () => deeds.setRole(next),
        }))
      : [],
    isMe && can(actor, "room.leave", target)
      ? [{ label: `Leave ${label}`, icon: LogOut, isGrave: true, onSelect: deeds.leave }]
      : [],
    !isMe && can(actor, "member.remove", { ...target, role: member.role, serverRole: theirRole })
      ? [{ label: `Remove from ${label}`, icon: UserRoundMinus, isGrave: true, onSelect: deeds.remove }]
      : [],
  ];
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, at) => (at > 0 ? ["line" as const, ...group] : group));
}
