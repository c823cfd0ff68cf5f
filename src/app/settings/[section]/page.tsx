import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { serverInfo, signedIn } from "#server/api/caller.ts";
import { isSection, SECTION_TITLES } from "#ui/settings/sections.ts";
import { SettingsSection } from "#ui/settings/settings-section.tsx";

type Props = { params: Promise<{ section: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { section } = await params;
  return { title: `${isSection(section) ? SECTION_TITLES[section] : "Settings"}, ${serverInfo().serverName}` };
}

export default async function SettingsSectionPage({ params }: Props) {
  const { section } = await params;
  await signedIn(`/settings/${encodeURIComponent(section)}`);
  if (!isSection(section)) notFound();
  return <SettingsSection section={section} />;
}
