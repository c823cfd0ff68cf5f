"use client";

import { Floating } from "#ui/kit/floating.tsx";
import { MeFeed } from "#ui/me/me-feed.tsx";
import { PaletteHost } from "#ui/palette/palette-host.tsx";
import { ProfileCards } from "#ui/people/profile-cards.tsx";
import { AwayWatch } from "#ui/presence/away-watch.tsx";
import { Dialogs } from "./dialogs.tsx";
import { RoomNotices } from "./room-notices.tsx";

/** What is there on every signed-in screen, beside what it shows. */
export function Everywhere() {
  return (
    <>
      <MeFeed />
      <AwayWatch />
      <RoomNotices />
      <Dialogs />
      <ProfileCards />
      <PaletteHost />
      <Floating />
    </>
  );
}
