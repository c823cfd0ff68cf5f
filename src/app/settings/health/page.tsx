import "#ui/health/health.css";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { serverInfo, signedIn } from "#server/api/caller.ts";
import { HealthPage } from "#ui/health/health-page.tsx";

const PATH = "/settings/health";

/** What is in the tab must not tell more than the page. */
export async function generateMetadata(): Promise<Metadata> {
  const { viewer } = await signedIn(PATH);
  return { title: `${viewer.role === "admin" ? "Server health" : "Settings"}, ${serverInfo().serverName}` };
}

/** For admins; to everybody else a section of the settings that there is not (R11). */
export default async function SettingsHealthPage() {
  const { viewer } = await signedIn(PATH);
  if (viewer.role !== "admin") notFound();
  return <HealthPage />;
}
