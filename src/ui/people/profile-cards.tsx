"use client";

import { useRef, useSyncExternalStore } from "react";
import { part, usePart } from "#ui/kit/part.ts";
import { Popover } from "#ui/kit/popover.tsx";
import { closeProfile, type OpenProfile, profile } from "./profile-store.ts";

const card = part(() => import("./profile-card.tsx").then((module) => module.ProfileCard));

/** The one card of the app, beside whichever name or face was pressed. */
export function ProfileCards() {
  const open = useSyncExternalStore(profile.subscribe, profile.get, () => null);
  const last = useRef<OpenProfile | null>(null);
  if (open) last.current = open;
  const Card = usePart(card, open !== null, closeProfile);
  const shown = last.current;
  if (!shown) return null;
  return (
    <Popover
      label={`Profile of ${shown.person.name}`}
      anchor={Card && open ? open.anchor : null}
      onClose={closeProfile}
      side="right"
      align="start"
    >
      {Card && <Card person={shown.person} role={shown.role} onDone={closeProfile} />}
    </Popover>
  );
}
