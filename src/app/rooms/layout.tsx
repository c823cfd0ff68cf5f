import type { ReactNode } from "react";
import { signedIn, viewerOrNull } from "#server/api/caller.ts";
import { ChatProvider } from "#ui/rooms/chat-provider.tsx";
import { Shell } from "#ui/rooms/shell.tsx";
import { TrpcProvider } from "#ui/trpc/provider.tsx";

export default async function RoomsLayout({ children }: { children: ReactNode }) {
  // A layout does not know its page's address: the page leads to sign-in, and back to itself.
  if (!(await viewerOrNull())) return children;
  const { viewer, api, limits, serverName } = await signedIn("/rooms");
  return (
    <TrpcProvider>
      <ChatProvider viewer={viewer.person} limits={limits} serverName={serverName}>
        <Shell rooms={await api.room.list()}>{children}</Shell>
      </ChatProvider>
    </TrpcProvider>
  );
}
