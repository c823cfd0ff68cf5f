"use client";

import Compass from "lucide-react/icons/compass";
import Hash from "lucide-react/icons/hash";
import Link2 from "lucide-react/icons/link";
import MessageSquare from "lucide-react/icons/message-square";
import Plus from "lucide-react/icons/plus";
import Search from "lucide-react/icons/search";
import UsersRound from "lucide-react/icons/users-round";
import { Mark } from "#ui/kit/mark.tsx";
import { MenuButton } from "#ui/kit/menu.tsx";
import { openPalette, warmPalette } from "#ui/palette/palette-store.ts";
import { useChat } from "./chat-context.ts";
import { openDialog } from "./dialog-store.ts";
import { invitePeople } from "./invite-step.tsx";
import { useGo } from "./use-go.ts";

/** The server's name, what one can begin here, and the way to everything. */
export function SidebarHead() {
  const { serverName } = useChat();
  const go = useGo();
  return (
    <>
      <header className="bar">
        <Mark />
        <h1 className="server">{serverName}</h1>
        <MenuButton
          label="New"
          className="tool spread"
          items={[
            { label: "New channel", icon: Hash, onSelect: () => openDialog({ name: "new-channel" }) },
            { label: "New group", icon: UsersRound, onSelect: () => openDialog({ name: "new-group" }) },
            { label: "Message somebody", icon: MessageSquare, onSelect: () => openDialog({ name: "new-message" }) },
            "line",
            { label: "Invite people", icon: Link2, onSelect: invitePeople },
            { label: "Browse channels", icon: Compass, onSelect: () => go("/rooms/browse") },
          ]}
        >
          <Plus className="i l" />
        </MenuButton>
      </header>
      <button type="button" className="jump" onPointerEnter={warmPalette} onFocus={warmPalette} onClick={openPalette}>
        <Search className="i" />
        <span>Jump to</span>
        <kbd>Ctrl K</kbd>
      </button>
    </>
  );
}
