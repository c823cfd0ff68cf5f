"use client";

import ChevronLeft from "lucide-react/icons/chevron-left";
import type { ComponentType } from "react";
import { PageLink } from "#ui/rooms/page-link.tsx";
import { Appearance } from "./appearance.tsx";
import { Devices } from "./devices.tsx";
import { PasswordForm } from "./password-form.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { SECTION_TITLES, type Section } from "./sections.ts";

const PARTS: Record<Section, ComponentType> = {
  profile: ProfileForm,
  devices: Devices,
  password: PasswordForm,
  appearance: Appearance,
};

export function SettingsSection({ section }: { section: Section }) {
  const Part = PARTS[section];
  return (
    <main className="settings">
      <header className="bar">
        <PageLink className="tool back" href="/settings" aria-label="Back to settings">
          <ChevronLeft className="i l" />
        </PageLink>
        <div className="title">
          <h1>{SECTION_TITLES[section]}</h1>
        </div>
      </header>
      <div className="page">
        <div>
          <Part />
        </div>
      </div>
    </main>
  );
}
