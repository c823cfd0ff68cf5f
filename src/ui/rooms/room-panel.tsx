"use client";

import type { Room } from "#shared/rooms.ts";
import { part, usePart } from "#ui/kit/part.ts";
import { usePanel } from "./use-panel.ts";

const thread = part(() => import("#ui/threads/thread-panel.tsx").then((module) => module.ThreadPanel));
const pins = part(() => import("#ui/pins/pins-panel.tsx").then((module) => module.PinsPanel));
const members = part(() => import("#ui/members/members-panel.tsx").then((module) => module.MembersPanel));
const details = part(() => import("./details-panel.tsx").then((module) => module.DetailsPanel));

/** What stands beside the room, by the address. Fetched when it is first opened. */
export function RoomPanel({ room }: { room: Room }) {
  const { panel, closePanel } = usePanel();
  const [Thread, Pins, Members, Details] = [
    usePart(thread, panel?.name === "thread", closePanel),
    usePart(pins, panel?.name === "pins", closePanel),
    usePart(members, panel?.name === "members", closePanel),
    usePart(details, panel?.name === "details", closePanel),
  ];
  if (panel?.threadRoot)
    return Thread && <Thread key={panel.threadRoot} room={room} rootId={panel.threadRoot} onClose={closePanel} />;
  if (panel?.name === "pins") return Pins && <Pins room={room} onClose={closePanel} />;
  if (panel?.name === "members") return Members && <Members room={room} onClose={closePanel} />;
  if (panel?.name === "details") return Details && <Details room={room} onClose={closePanel} />;
  return null;
}
