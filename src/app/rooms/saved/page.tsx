import type { Metadata } from "next";
import { serverInfo, signedIn } from "#server/api/caller.ts";
import { SavedPage } from "#ui/saved/saved-page.tsx";

export function generateMetadata(): Metadata {
  return { title: `Saved, ${serverInfo().serverName}` };
}

export default async function Saved() {
  const { api } = await signedIn("/rooms/saved");
  return <SavedPage found={await api.message.saved()} />;
}
