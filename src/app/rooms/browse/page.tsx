import type { Metadata } from "next";
import { serverInfo, signedIn } from "#server/api/caller.ts";
import { BrowseRooms } from "#ui/rooms/browse-rooms.tsx";

export function generateMetadata(): Metadata {
  return { title: `Browse channels, ${serverInfo().serverName}` };
}

export default async function BrowsePage() {
  await signedIn("/rooms/browse");
  return <BrowseRooms />;
}
