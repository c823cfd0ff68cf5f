import type { Metadata } from "next";
import { roomLabel } from "#ui/rooms/room-label.ts";
import { RoomView } from "#ui/rooms/room-view.tsx";
import { snapshotOf } from "./snapshot.ts";

type Props = { params: Promise<{ roomId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { room, serverName } = await snapshotOf((await params).roomId);
  return { title: `${roomLabel(room)}, ${serverName}` };
}

export default async function RoomPage({ params }: Props) {
  const { room, page } = await snapshotOf((await params).roomId);
  return <RoomView key={room.id} snapshot={{ room, page }} />;
}
