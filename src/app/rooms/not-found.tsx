import { RoomMissing } from "#ui/rooms/room-missing.tsx";

export default function RoomNotFound() {
  return <RoomMissing />;
}
