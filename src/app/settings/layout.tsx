import type { ReactNode } from "react";
import { viewerOrNull } from "#server/api/caller.ts";
import { SettingsShell } from "#ui/settings/settings-shell.tsx";
import { ChatFrame } from "../chat-frame.tsx";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  // As in rooms: the page leads to sign-in, and back to itself.
  if (!(await viewerOrNull())) return children;
  return (
    <ChatFrame path="/settings">
      <SettingsShell>{children}</SettingsShell>
    </ChatFrame>
  );
}
