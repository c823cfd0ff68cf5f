import type { Metadata } from "next";
import { serverInfo, signedIn } from "#server/api/caller.ts";
import { ThreadsPage } from "#ui/threads/threads-page.tsx";

export function generateMetadata(): Metadata {
  return { title: `Threads, ${serverInfo().serverName}` };
}

export default async function Threads() {
  const { api } = await signedIn("/rooms/threads");
  return <ThreadsPage threads={await api.thread.list()} />;
}
