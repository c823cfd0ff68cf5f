import type { Metadata } from "next";
import { OfferedChannel } from "#ui/rooms/offered-channel.tsx";
import { roomLabel } from "#ui/rooms/room-label.ts";
import { RoomView } from "#ui/rooms/room-view.tsx";
import { snapshotOf } from "./snapshot.ts";

type Props = {
  params: Promise<{ roomId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { room, serverName, viewerId } = await snapshotFor(props);
  return { title: `${roomLabel(room, viewerId)}, ${serverName}` };
}

export default async function RoomPage(props: Props) {
  const { room, snapshot, offered } = await snapshotFor(props);
  return snapshot ? <RoomView key={room.id} snapshot={snapshot} /> : <OfferedChannel key={room.id} offered={offered} />;
}

/** With a thread in the address, its panel leads to the message; otherwise the page is the one around it. */
async function snapshotFor({ params, searchParams }: Props) {
  const [{ roomId }, { message, thread }] = await Promise.all([params, searchParams]);
  return snapshotOf(roomId, typeof message === "string" && thread === undefined ? message : null);
}
