import { SetAway, SetStatus, UpdateProfile } from "#shared/people.ts";
import { DeliveredInput, MarkUnreadInput, ReadInput, SetRoomPreference } from "#shared/rooms.ts";
import { setStatus, updateProfile } from "../domain/people.ts";
import { setRoomPreference } from "../domain/preferences.ts";
import { markUnread } from "../domain/receipts.ts";
import { meFeed } from "./me-feed.ts";
import { doing, feed, live, router } from "./trpc.ts";

export const me = router({
  /** What is mine alone: my rooms with their counts, people and who of them is here, threads, what I saved. Nothing to resume. */
  feed: feed.subscription(({ ctx, signal }) => meFeed(ctx, signal)),

  /** I have seen a room up to here. Answers when it is written. NOT_FOUND is not told: a room that is not mine is not marked. */
  read: live
    .input(ReadInput)
    .mutation(({ ctx, input }) => ctx.node.receipts.advance(ctx.viewer.userId, [{ ...input, isRead: true }])),

  /** This device has been given rooms up to here. */
  delivered: live.input(DeliveredInput).mutation(({ ctx, input }) =>
    ctx.node.receipts.advance(
      ctx.viewer.userId,
      input.rooms.map((mark) => ({ ...mark, isRead: false })),
    ),
  ),

  /** This message, and what follows it, is unread again. NOT_FOUND. */
  markUnread: doing("receipt")
    .input(MarkUnreadInput)
    .mutation(async ({ ctx: { viewer, node }, input: { roomId, seq } }) => {
      await node?.receipts.written(viewer.userId, roomId);
      await markUnread(viewer.userId, roomId, seq);
    }),

  /** How much of a room reaches me, and whether it is a favourite. NOT_FOUND. */
  setRoom: doing("profile")
    .input(SetRoomPreference)
    .mutation(({ ctx, input }) => setRoomPreference(ctx.viewer.userId, input)),

  /** Name and avatar. */
  updateProfile: doing("profile")
    .input(UpdateProfile)
    .mutation(({ ctx, input }) => updateProfile(ctx.viewer.userId, input)),

  /** Status, for as long as it says; null clears it. */
  setStatus: doing("profile")
    .input(SetStatus)
    .mutation(({ ctx, input }) => setStatus(ctx.viewer.userId, input.status)),

  /** Whether anybody sits at this device. Of the socket it comes by; over HTTP it says nothing. */
  setAway: live.input(SetAway).mutation(({ ctx, input }) => ctx.node.presence.setAway(ctx.link, input.isAway)),
});
