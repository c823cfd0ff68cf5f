import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { signedIn } from "#server/api/caller.ts";

/** A room's newest page and settings, once per render. A room that is not ours is not there, and neither is a wrong id. */
export const snapshotOf = cache(async (roomId: string) => {
  const { api, serverName } = await signedIn(`/rooms/${encodeURIComponent(roomId)}`);
  try {
    // The page first: its cursor must not be newer than the settings, or a change between the two would be lost.
    const page = await api.message.page({ roomId });
    const { room } = await api.room.get({ roomId });
    return { room, page, serverName };
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    throw error;
  }
});
