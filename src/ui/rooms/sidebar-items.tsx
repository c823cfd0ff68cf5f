"use client";

import type { LucideIcon } from "lucide-react";
import Bookmark from "lucide-react/icons/bookmark";
import MessagesSquare from "lucide-react/icons/messages-square";
import { usePathname } from "next/navigation";
import { Badge, badgeText } from "#ui/kit/badge.tsx";
import { useMe } from "#ui/me/use-me.ts";
import { PageLink } from "./page-link.tsx";
import { PendingRow } from "./pending-row.tsx";

/** What is mine across rooms. */
export function SidebarItems() {
  const threads = useMe((state) => state.threads.length);
  const isCalled = useMe((state) => state.threads.some((thread) => thread.isCalled));
  return (
    <ul>
      <Item path="/rooms/threads" label="Threads" icon={MessagesSquare} count={threads} isCalled={isCalled} />
      <Item path="/rooms/saved" label="Saved" icon={Bookmark} count={0} />
    </ul>
  );
}

type Props = { path: string; label: string; icon: LucideIcon; count: number; isCalled?: boolean };

function Item({ path, label, icon: Icon, count, isCalled = false }: Props) {
  const isHere = usePathname() === path;
  return (
    <li>
      <PageLink
        className={count > 0 ? "row unread" : "row"}
        href={path}
        prefetch={false}
        aria-current={isHere ? "page" : undefined}
      >
        <Icon className="i" />
        <span className="label">{label}</span>
        <Badge
          count={count}
          isMention={isCalled}
          label={`, ${badgeText(count)} unread${isCalled ? ", somebody asks for you" : ""}`}
        />
        <PendingRow />
      </PageLink>
    </li>
  );
}
