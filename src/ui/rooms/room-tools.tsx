"use client";

import Bell from "lucide-react/icons/bell";
import BellOff from "lucide-react/icons/bell-off";
import Ellipsis from "lucide-react/icons/ellipsis";
import Pin from "lucide-react/icons/pin";
import Star from "lucide-react/icons/star";
import type { MyRoom } from "#shared/rooms.ts";
import { MenuButton, type MenuItem } from "#ui/kit/menu.tsx";
import { Tool } from "#ui/kit/tool.tsx";
import { MembersButton } from "#ui/members/members-button.tsx";
import { useChat } from "./chat-context.ts";
import { type RoomActions, useRoomActions } from "./room-actions.ts";
import { detailItems, levelItems, placeItems } from "./room-menu.ts";
import { usePanel } from "./use-panel.ts";
import { useRoomLabel } from "./use-room-name.ts";

/** The header's buttons; on a phone they are one menu. */
export function RoomTools({ room }: { room: MyRoom }) {
  const actions = useRoomActions();
  const { panel, openPanel, closePanel } = usePanel();
  const label = useRoomLabel(room);
  const { role } = useChat();
  const turn = (name: string) => (panel?.name === name ? closePanel() : openPanel(name));
  const items = detailItems(room, label, role, actions, openPanel);
  const isFavourite = room.isFavourite;
  const all: (MenuItem | "line")[] = [
    ...placeItems(room, openPanel),
    "line",
    favouriteItem(room, actions),
    ...levelItems(room, actions),
    "line",
    ...items,
  ];
  return (
    <>
      {room.kind !== "direct" && (
        <MembersButton room={room} isOpen={panel?.name === "members"} onClick={() => turn("members")} />
      )}
      <Tool
        className="at-desk"
        label="Pinned messages"
        icon={Pin}
        isLarge
        aria-expanded={panel?.name === "pins"}
        onClick={() => turn("pins")}
      />
      <MenuButton className="tool at-desk" label={`Notifications of ${label}`} items={levelItems(room, actions)}>
        {room.level === "nothing" ? <BellOff className="i l" /> : <Bell className="i l" />}
      </MenuButton>
      <Tool
        className="at-desk star"
        label={isFavourite ? "Take out of favourites" : "Add to favourites"}
        icon={Star}
        isLarge
        aria-pressed={isFavourite}
        onClick={() => void actions.setFavourite(room, !isFavourite)}
      />
      <MenuButton className="tool at-desk" label={`More about ${label}`} items={items}>
        <Ellipsis className="i l" />
      </MenuButton>
      <MenuButton className="tool at-hand" label={`Menu of ${label}`} items={all}>
        <Ellipsis className="i l" />
      </MenuButton>
    </>
  );
}

function favouriteItem(room: MyRoom, actions: RoomActions): MenuItem {
  return {
    label: "Favourite",
    icon: Star,
    isOn: room.isFavourite,
    onSelect: () => void actions.setFavourite(room, !room.isFavourite),
  };
}
