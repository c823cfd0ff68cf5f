"use client";

import { lazy, Suspense } from "react";
import type { BrowsedRoom } from "#shared/rooms.ts";

const JoinChannel = lazy(() => import("./join-channel.tsx").then((module) => ({ default: module.JoinChannel })));

/** `JoinChannel`, apart from what every room loads. */
export function OfferedChannel({ offered }: { offered: BrowsedRoom }) {
  return (
    <Suspense>
      <JoinChannel offered={offered} />
    </Suspense>
  );
}
