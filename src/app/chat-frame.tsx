import type { ReactNode } from "react";
import { signedIn } from "#server/api/caller.ts";
import { ChatProvider } from "#ui/rooms/chat-provider.tsx";
import { Everywhere } from "#ui/rooms/everywhere.tsx";
import { TrpcProvider } from "#ui/trpc/provider.tsx";

/** What a signed-in screen stands in: the connection, and what is mine. */
export async function ChatFrame({ path, children }: { path: string; children: ReactNode }) {
  const { viewer, api, limits, serverName } = await signedIn(path);
  return (
    <TrpcProvider>
      <ChatProvider
        viewer={viewer.person}
        role={viewer.role}
        limits={limits}
        serverName={serverName}
        myRooms={await api.room.list()}
      >
        {children}
        <Everywhere />
      </ChatProvider>
    </TrpcProvider>
  );
}
