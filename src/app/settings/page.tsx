import type { Metadata } from "next";
import { serverInfo, signedIn } from "#server/api/caller.ts";
import { SettingsHome } from "#ui/settings/settings-home.tsx";

export function generateMetadata(): Metadata {
  return { title: `Settings, ${serverInfo().serverName}` };
}

export default async function SettingsPage() {
  await signedIn("/settings");
  return <SettingsHome />;
}
