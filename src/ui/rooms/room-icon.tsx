import Hash from "lucide-react/icons/hash";
import Lock from "lucide-react/icons/lock";
import UsersRound from "lucide-react/icons/users-round";
import type { Room } from "#shared/rooms.ts";

export function RoomIcon({ room, className }: { room: Room; className: string }) {
  if (room.kind !== "channel") return <UsersRound className={className} />;
  return room.visibility === "private" ? <Lock className={className} /> : <Hash className={className} />;
}
