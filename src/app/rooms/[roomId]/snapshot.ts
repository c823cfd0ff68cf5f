import { TRPCError } from "@trpc/server";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type Caller, signedIn } from "#server/api/caller.ts";

/**
 * What a room's address shows, once per render: its newest page and settings, with `messageId` also the page around that
 * message; or a public channel that one may join. Every other room that is not ours is not there, and neither is a wrong id.
 */
export const snapshotOf = cache(async (roomId: string, messageId: string | null) => {
  const path = `/rooms/${encodeURIComponent(roomId)}`;
  const { api, viewer, serverName } = await signedIn(
    messageId ? `${path}?message=${encodeURIComponent(messageId)}` : path,
  );
  const shared = { serverName, viewerId: viewer.userId };
  const snapshot = await unlessMissing(roomWith(api, roomId, messageId));
  if (snapshot) return { ...shared, snapshot, offered: null, room: snapshot.room };
  const offered = await unlessMissing(api.room.preview({ roomId }));
  if (!offered) notFound();
  return { ...shared, snapshot: null, offered, room: offered.room };
});

async function roomWith(api: Caller, roomId: string, messageId: string | null) {
  // The page first: its cursor must not be newer than the settings, or a change between the two would be lost.
  const page = await api.message.page({ roomId });
  const { room } = await api.room.get({ roomId });
  const plain = { room, page, around: null, target: null };
  // A message that is not in this room does not take the room away: the room says so (`useTargetInAddress`).
  const [target] = messageId
    ? ((await unlessMissing(api.message.byIds({ roomId, messageIds: [messageId] }))) ?? [])
    : [];
  if (!target) return plain;
  // A reply has its place in its thread.
  if (target.threadRoot) redirect(`/rooms/${roomId}?thread=${target.threadRoot}&message=${target.id}`);
  return { ...plain, around: await api.message.around({ messageId: target.id }), target: target.id };
}

/** Null for what is not there, not ours, or not an id at all. */
async function unlessMissing<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) return null;
    throw error;
  }
}
