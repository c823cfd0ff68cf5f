import Link from "next/link";
import { useContext } from "react";
import { MarkdownNames } from "./names.ts";

/** The way to another room, or what was typed when there is none that this person may know of. */
export function RoomLink({ slug, text }: { slug: string; text: string }) {
  const room = useContext(MarkdownNames).roomBySlug(slug);
  if (!room) return text;
  return (
    <Link href={`/rooms/${room.id}`} prefetch={false} className="who">
      #{room.title}
    </Link>
  );
}
