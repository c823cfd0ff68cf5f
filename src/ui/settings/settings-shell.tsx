"use client";

import type { LucideIcon } from "lucide-react";
import Activity from "lucide-react/icons/activity";
import ChevronLeft from "lucide-react/icons/chevron-left";
import KeyRound from "lucide-react/icons/key-round";
import MonitorSmartphone from "lucide-react/icons/monitor-smartphone";
import SunMoon from "lucide-react/icons/sun-moon";
import UserRound from "lucide-react/icons/user-round";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useChat } from "#ui/rooms/chat-context.ts";
import { lastPlace } from "#ui/rooms/last-place.ts";
import { PageLink } from "#ui/rooms/page-link.tsx";
import { SECTION_TITLES, SECTIONS } from "./sections.ts";

const ICONS = { profile: UserRound, devices: MonitorSmartphone, password: KeyRound, appearance: SunMoon };

/** Settings beside their list; on a phone one at a time. */
export function SettingsShell({ children }: { children: ReactNode }) {
  const path = usePathname();
  const { role, serverName } = useChat();
  return (
    <div className="app" data-view={path === "/settings" ? "list" : "room"}>
      <nav className="sidebar" aria-label="Settings">
        <header className="bar">
          <PageLink className="tool" href={lastPlace()} aria-label="Back to rooms">
            <ChevronLeft className="i l" />
          </PageLink>
          <h1>Settings</h1>
        </header>
        <div className="rooms">
          <ul>
            {SECTIONS.map((section) => (
              <Row
                key={section}
                href={`/settings/${section}`}
                path={path}
                icon={ICONS[section]}
                label={SECTION_TITLES[section]}
              />
            ))}
          </ul>
          {role === "admin" && (
            <>
              <h2>{serverName}</h2>
              <ul>
                <Row href="/settings/health" path={path} icon={Activity} label="Server health" />
              </ul>
            </>
          )}
        </div>
      </nav>
      {children}
    </div>
  );
}

type RowProps = { href: string; path: string; icon: LucideIcon; label: string };

function Row({ href, path, icon: Icon, label }: RowProps) {
  return (
    <li>
      <PageLink className="row" href={href} aria-current={path === href ? "page" : undefined}>
        <Icon className="i" />
        <span className="label">{label}</span>
      </PageLink>
    </li>
  );
}
