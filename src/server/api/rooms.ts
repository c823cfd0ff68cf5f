import {
  BrowseRoomsInput,
  CreateRoomInput,
  DirectRoomInput,
  NamedRoomsInput,
  RoomFeedInput,
  RoomInput,
  TypingInput,
  UpdateRoomInput,
} from "#shared/rooms.ts";
import { directRoom } from "../domain/direct-rooms.ts";
import { joinRoom, leaveRoom } from "../domain/members.ts";
import { browseRooms, channelsNamed, publicChannel } from "../domain/room-browser.ts";
import { createRoom, setArchived, updateRoom } from "../domain/room-settings.ts";
import { roomFor, roomsOf } from "../domain/rooms.ts";
import { roomActivity, sayTyping } from "./room-activity.ts";
import { roomFeed } from "./room-feed.ts";
import { doing, feed, live, router, signedIn } from "./trpc.ts";

export const room = router({
  /** The rooms that I am in, archived ones too, the lobby first, each with what it holds for me. */
  list: signedIn.query(({ ctx }) => roomsOf(ctx.viewer.userId)),

  /** One of my rooms and my role in it. NOT_FOUND for strangers. */
  get: signedIn.input(RoomInput).query(async ({ ctx, input }) => {
    const { room: found, role } = await roomFor(ctx.viewer.userId, input.roomId);
    return { room: found, role };
  }),

  /** Public channels that I may join, and those that I am in; or archived rooms. */
  browse: signedIn.input(BrowseRoomsInput).query(({ ctx, input }) => browseRooms(ctx.viewer.userId, input)),

  /** A public channel, also one that I am not in: its settings and how many are in it. NOT_FOUND for every other room. */
  preview: signedIn.input(RoomInput).query(({ ctx, input }) => publicChannel(ctx.viewer.userId, input.roomId)),

  /** Which of these names are public channels that one can join or is in. A name that is none is left out. */
  named: signedIn.input(NamedRoomsInput).query(({ input }) => channelsNamed(input.slugs)),

  /** Makes a channel or a group; repeated, answers the same room. NAME_TAKEN, CONFLICT, NOT_FOUND (a person). */
  create: doing("room.create")
    .input(CreateRoomInput)
    .mutation(({ ctx, input }) => createRoom(ctx.viewer, input)),

  /** The one direct room with somebody, or with me. NOT_FOUND for whom I share no room with. */
  direct: doing("room.create")
    .input(DirectRoomInput)
    .mutation(({ ctx, input }) => directRoom(ctx.viewer, input.userId)),

  /** Title, topic, visibility. NOT_FOUND, NOT_ALLOWED, NAME_TAKEN, INVALID, ARCHIVED. */
  update: doing("room.change")
    .input(UpdateRoomInput)
    .mutation(({ ctx, input }) => updateRoom(ctx.viewer, input)),

  /** Closes a room for writing. NOT_FOUND, NOT_ALLOWED. */
  archive: doing("room.change")
    .input(RoomInput)
    .mutation(({ ctx, input }) => setArchived(ctx.viewer, input.roomId, true)),

  /** Opens it again. NOT_FOUND, NOT_ALLOWED. */
  restore: doing("room.change")
    .input(RoomInput)
    .mutation(({ ctx, input }) => setArchived(ctx.viewer, input.roomId, false)),

  /** Joins a public channel that is not archived, or that everybody has left. NOT_FOUND for every other. */
  join: doing("room.change")
    .input(RoomInput)
    .mutation(({ ctx, input }) => joinRoom(ctx.viewer, input.roomId)),

  /** NOT_FOUND, NOT_ALLOWED (the lobby, a direct room), LAST_OWNER. */
  leave: doing("room.change")
    .input(RoomInput)
    .mutation(({ ctx, input }) => leaveRoom(ctx.viewer, input.roomId)),

  /** Says that I am typing; the others see it for a few seconds. Writes nothing. NOT_FOUND. */
  typing: live.input(TypingInput).mutation(({ ctx, input }) => sayTyping(ctx, input)),

  /** Everything that changes in a room, from `lastEventId` on, as tracked batches. NOT_FOUND, REMOVED, UNAUTHORIZED. */
  feed: feed.input(RoomFeedInput).subscription(({ ctx, input, signal }) => roomFeed(ctx, input, signal)),

  /** What fades in a room: who is typing, who has read how far. NOT_FOUND, REMOVED, UNAUTHORIZED. */
  activity: feed.input(RoomInput).subscription(({ ctx, input, signal }) => roomActivity(ctx, input.roomId, signal)),
});
