import type { Metadata } from "next";
import { serverInfo, signedIn } from "#server/api/caller.ts";
import { RoomsHome } from "#ui/rooms/rooms-home.tsx";

export function generateMetadata(): Metadata {
  return { title: `Rooms, ${serverInfo().serverName}` };
}

export default async function RoomsPage() {
  const { api } = await signedIn("/rooms");
  const lobby = (await api.room.list()).find((room) => room.isLobby);
  return <RoomsHome lobbyId={lobby?.id ?? null} />;
}
