import { TRPCError } from "@trpc/server";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { signedIn } from "#server/api/caller.ts";

/**
 * A room's newest page and settings, once per render; with `messageId` also the page around that message. A room that is not
 * ours is not there, and neither is a wrong id, nor a message that is not of this room.
 */
export const snapshotOf = cache(async (roomId: string, messageId: string | null) => {
  const path = `/rooms/${encodeURIComponent(roomId)}`;
  const { api, viewer, serverName } = await signedIn(
    messageId ? `${path}?message=${encodeURIComponent(messageId)}` : path,
  );
  try {
    // The page first: its cursor must not be newer than the settings, or a change between the two would be lost.
    const page = await api.message.page({ roomId });
    const { room } = await api.room.get({ roomId });
    const shared = { room, page, serverName, viewerId: viewer.userId };
    if (messageId === null) return { ...shared, around: null, target: null };
    const [target] = await api.message.byIds({ roomId, messageIds: [messageId] });
    if (!target) notFound();
    // A reply has its place in its thread.
    if (target.threadRoot) redirect(`${path}?thread=${target.threadRoot}&message=${messageId}`);
    return { ...shared, around: await api.message.around({ messageId }), target: messageId };
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    throw error;
  }
});
