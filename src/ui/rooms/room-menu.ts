"use client";

import Archive from "lucide-react/icons/archive";
import ArchiveRestore from "lucide-react/icons/archive-restore";
import AtSign from "lucide-react/icons/at-sign";
import Bell from "lucide-react/icons/bell";
import BellOff from "lucide-react/icons/bell-off";
import CheckCheck from "lucide-react/icons/check-check";
import Info from "lucide-react/icons/info";
import Link2 from "lucide-react/icons/link";
import LogOut from "lucide-react/icons/log-out";
import Pin from "lucide-react/icons/pin";
import Star from "lucide-react/icons/star";
import UserRoundPlus from "lucide-react/icons/user-round-plus";
import UsersRound from "lucide-react/icons/users-round";
import { can } from "#shared/can.ts";
import type { ServerRole } from "#shared/people.ts";
import type { MyRoom, NotificationLevel } from "#shared/rooms.ts";
import type { MenuItem } from "#ui/kit/menu.tsx";
import { openDialog } from "./dialog-store.ts";
import type { RoomActions } from "./room-actions.ts";

/** Who I am in a room, and what it is, as `can` asks for them. */
export function standingIn(room: MyRoom, serverRole: ServerRole) {
  const { kind, visibility, isLobby } = room;
  return {
    actor: { serverRole, roomRole: room.role },
    target: { kind, visibility, isLobby, isArchived: room.archivedAt !== null },
  };
}

const LEVELS: { level: NotificationLevel; label: string; icon: MenuItem["icon"] }[] = [
  { level: "all", label: "Notify me of everything", icon: Bell },
  { level: "mentions", label: "Notify me of mentions", icon: AtSign },
  { level: "nothing", label: "Mute", icon: BellOff },
];

/** How much of a room reaches me: one of three. */
export function levelItems(room: MyRoom, actions: RoomActions): MenuItem[] {
  return LEVELS.map(({ level, label, icon }) => ({
    label,
    ...(icon ? { icon } : {}),
    isOn: room.level === level,
    isOneOf: true,
    onSelect: () => void actions.setLevel(room, level),
  }));
}

/** What one may do with a room from the list. */
export function roomMenu(room: MyRoom, label: string, role: ServerRole, actions: RoomActions): (MenuItem | "line")[] {
  return [
    {
      label: "Favourite",
      icon: Star,
      isOn: room.isFavourite,
      onSelect: () => void actions.setFavourite(room, !room.isFavourite),
    },
    {
      label: "Mark as read",
      icon: CheckCheck,
      isDisabled: room.unread === 0,
      onSelect: () => void actions.markRead(room),
    },
    copyItem(room, actions),
    "line",
    ...levelItems(room, actions),
    ...leaveItems(room, label, role, actions),
  ];
}

/** The panels beside a room. */
export function placeItems(room: MyRoom, openPanel: (name: string) => void): MenuItem[] {
  const members: MenuItem = { label: "Members", icon: UsersRound, onSelect: () => openPanel("members") };
  const pins: MenuItem = { label: "Pinned messages", icon: Pin, onSelect: () => openPanel("pins") };
  return room.kind === "direct" ? [pins] : [members, pins];
}

/** What one may do with the room that is on screen: what `can` says, and nothing greyed out. */
export function detailItems(
  room: MyRoom,
  label: string,
  role: ServerRole,
  actions: RoomActions,
  openPanel: (name: string) => void,
): (MenuItem | "line")[] {
  const { actor, target } = standingIn(room, role);
  const items: (MenuItem | "line")[] = [copyItem(room, actions)];
  if (room.kind !== "direct")
    items.unshift({ label: "Details and settings", icon: Info, onSelect: () => openPanel("details") });
  if (can(actor, "member.add", target))
    items.push({
      label: "Add people",
      icon: UserRoundPlus,
      onSelect: () => openDialog({ name: "add-people", roomId: room.id }),
    });
  if (target.isArchived && can(actor, "room.restore", target))
    items.push({ label: "Restore", icon: ArchiveRestore, onSelect: () => void actions.restore(room) });
  if (can(actor, "room.archive", target))
    items.push("line", { label: `Archive ${label}`, icon: Archive, onSelect: () => void actions.archive(room, label) });
  return [...items, ...leaveItems(room, label, role, actions)];
}

function copyItem(room: MyRoom, actions: RoomActions): MenuItem {
  return { label: "Copy link", icon: Link2, onSelect: () => void actions.copyLink(room) };
}

function leaveItems(room: MyRoom, label: string, role: ServerRole, actions: RoomActions): (MenuItem | "line")[] {
  const { actor, target } = standingIn(room, role);
  if (!can(actor, "room.leave", target)) return [];
  return [
    "line",
    { label: `Leave ${label}`, icon: LogOut, isGrave: true, onSelect: () => void actions.leave(room, label) },
  ];
}
