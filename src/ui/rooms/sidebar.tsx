"use client";

import Compass from "lucide-react/icons/compass";
import MessageSquarePlus from "lucide-react/icons/message-square-plus";
import Plus from "lucide-react/icons/plus";
import { useMemo, useRef } from "react";
import type { MeState } from "#ui/me/me-state.ts";
import { useMe } from "#ui/me/use-me.ts";
import { SelfCard } from "#ui/people/self-card.tsx";
import { useChat } from "./chat-context.ts";
import { openDialog } from "./dialog-store.ts";
import { useRoomInPath } from "./room-link.tsx";
import { SidebarHead } from "./sidebar-head.tsx";
import { SidebarItems } from "./sidebar-items.tsx";
import { SidebarMenu } from "./sidebar-menu.tsx";
import { SidebarSection } from "./sidebar-section.tsx";
import { sectionsSelector } from "./sidebar-sections.ts";
import { walkRows } from "./sidebar-walk.ts";
import { useGo } from "./use-go.ts";
import { useRoomKeys } from "./use-room-keys.ts";
import { useRowMenu } from "./use-row-menu.ts";
import { useTitleCount } from "./use-title-count.ts";

/** My rooms, and oneself at the foot. */
export function Sidebar() {
  const { viewer } = useChat();
  const go = useGo();
  const current = useRoomInPath();
  const list = useRef<HTMLDivElement>(null);
  const menu = useRowMenu();
  const select = useMemo(() => sectionsSelector({ viewerId: viewer.id, current }), [viewer.id, current]);
  const sections = useMe(select);
  // A favourite is one, though it stands elsewhere.
  const favourites = useMe(kindsOfFavourites);
  useRoomKeys(list);
  useTitleCount();
  const all = [...sections.favourites, ...sections.channels, ...sections.groups, ...sections.directs];
  const shared = { current, tabStop: current && all.includes(current) ? current : all[0] };
  return (
    <nav className="sidebar" aria-label="Rooms and people">
      <SidebarHead />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows in it are links; here their keys and menus meet */}
      <div ref={list} className="rooms" onKeyDown={walkRows} {...menu.on}>
        <SidebarItems />
        {sections.favourites.length > 0 && (
          <SidebarSection name="favourites" title="Favourites" ids={sections.favourites} {...shared} />
        )}
        <SidebarSection
          name="channels"
          title="Channels"
          ids={sections.channels}
          tools={[
            { label: "Browse channels", icon: Compass, onClick: () => go("/rooms/browse") },
            { label: "New channel", icon: Plus, onClick: () => openDialog({ name: "new-channel" }) },
          ]}
          {...shared}
        />
        <SidebarSection
          name="groups"
          title="Groups"
          ids={sections.groups}
          tools={[{ label: "New group", icon: Plus, onClick: () => openDialog({ name: "new-group" }) }]}
          empty={!favourites.includes("group") && <p className="nothing">A few people and a title.</p>}
          {...shared}
        />
        <SidebarSection
          name="directs"
          title="Direct messages"
          ids={sections.directs}
          tools={[
            { label: "Message somebody", icon: MessageSquarePlus, onClick: () => openDialog({ name: "new-message" }) },
          ]}
          empty={
            !favourites.includes("direct") && <p className="nothing">Write to one person, or notes to yourself.</p>
          }
          {...shared}
        />
      </div>
      <SidebarMenu asked={menu.asked} onClose={menu.close} />
      <SelfCard />
    </nav>
  );
}

/** In one string, so that it stays the same value while it is the same. */
function kindsOfFavourites({ rooms }: MeState): string {
  return [...rooms.values()]
    .flatMap(({ isFavourite, archivedAt, kind }) => (isFavourite && !archivedAt ? kind : []))
    .join(" ");
}
