import { RoomFeedInput, RoomInput } from "#shared/rooms.ts";
import { roomFor, roomsOf } from "../domain/rooms.ts";
import { roomFeed } from "./room-feed.ts";
import { feed, router, signedIn } from "./trpc.ts";

export const room = router({
  /** The rooms that I am in, the lobby first. */
  list: signedIn.query(({ ctx }) => roomsOf(ctx.viewer.userId)),

  /** One of my rooms and my role in it. NOT_FOUND for strangers. */
  get: signedIn.input(RoomInput).query(async ({ ctx, input }) => {
    const { room: found, role } = await roomFor(ctx.viewer.userId, input.roomId);
    return { room: found, role };
  }),

  /** Everything that changes in a room, from `lastEventId` on, as tracked batches. NOT_FOUND, REMOVED, UNAUTHORIZED. */
  feed: feed.input(RoomFeedInput).subscription(({ ctx, input, signal }) => roomFeed(ctx, input, signal)),
});
