import { useContext, useEffect } from "react";
import { roomPath } from "#ui/rooms/room-address.ts";
import { HereLink } from "#ui/rooms/room-link.tsx";
import { MarkdownNames } from "./names.ts";

/** The way to another room, or what was typed when there is none that this person may know of. */
export function RoomMention({ slug, text }: { slug: string; text: string }) {
  const { roomBySlug, wantRoom } = useContext(MarkdownNames);
  const room = roomBySlug(slug);
  const isUnknown = room === null;
  useEffect(() => {
    if (isUnknown) wantRoom?.(slug);
  }, [isUnknown, wantRoom, slug]);
  if (!room) return text;
  return (
    <HereLink path={roomPath(room.id)} className="who">
      #{room.title}
    </HereLink>
  );
}
