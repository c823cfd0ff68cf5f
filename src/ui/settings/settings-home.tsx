"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Skeleton } from "#ui/kit/skeleton.tsx";

/** Beside the list a wide screen goes on to the first section; on a phone the list is the page. */
export function SettingsHome() {
  const router = useRouter();
  useEffect(() => {
    if (matchMedia("(min-width: 640px)").matches) router.replace("/settings/profile");
  }, [router]);
  return (
    <main className="settings">
      <Skeleton shape="words" count={4} label="Loading settings" />
    </main>
  );
}
