import type { ReactNode } from "react";
import { viewerOrNull } from "#server/api/caller.ts";
import { Shell } from "#ui/rooms/shell.tsx";
import { ChatFrame } from "../chat-frame.tsx";

export default async function RoomsLayout({ children }: { children: ReactNode }) {
  // A layout does not know its page's address: the page leads to sign-in, and back to itself.
  if (!(await viewerOrNull())) return children;
  return (
    <ChatFrame path="/rooms">
      <Shell>{children}</Shell>
    </ChatFrame>
  );
}
