import {
  EditMessageInput,
  MessageAroundInput,
  MessageInput,
  MessagePageInput,
  MessagesInput,
  PinInput,
  ReactInput,
  SaveInput,
  SendMessageInput,
} from "#shared/messages.ts";
import { RoomInput } from "#shared/rooms.ts";
import { deleteMessage, editMessage, pin, react } from "../domain/message-changes.ts";
import { editsOf, messagesById, pinnedIn, receiptsOf } from "../domain/message-reads.ts";
import { pageAfter, pageAround, pageBefore } from "../domain/messages.ts";
import { savedBy, saveMessage } from "../domain/saved.ts";
import { env } from "../env.ts";
import { namesCalled } from "./mentions.ts";
import { asLive, direct, doing, router, signedIn } from "./trpc.ts";

export const message = router({
  /** A page of history, oldest first, and the cursor to go on from. NOT_FOUND for strangers. */
  page: signedIn
    .input(MessagePageInput)
    .query(({ ctx, input: { roomId, before, after, limit } }) =>
      after === undefined
        ? pageBefore(ctx.viewer.userId, roomId, { before, limit })
        : pageAfter(ctx.viewer.userId, roomId, { after, limit }),
    ),

  /** The page around a message: what a permalink opens. NOT_FOUND. */
  around: signedIn
    .input(MessageAroundInput)
    .query(({ ctx, input }) => pageAround(ctx.viewer.userId, input.messageId, input.limit)),

  /** Messages of a room by their ids. NOT_FOUND for strangers; ids that are not of the room are left out. */
  byIds: signedIn
    .input(MessagesInput)
    .query(({ ctx, input }) => messagesById(ctx.viewer.userId, input.roomId, input.messageIds)),

  /**
   * Sends, once per (author, clientId) however often it is called; answers after COMMIT. NOT_FOUND, CONFLICT, TOO_LONG,
   * ARCHIVED, TOO_MANY_REQUESTS, TOO_BUSY, UNAVAILABLE. The author is the session's, never the input's.
   */
  send: direct
    .input(SendMessageInput)
    .mutation(({ ctx, input }) =>
      asLive(ctx, ({ userId }, node) =>
        node.sends.send({ ...input, authorId: userId, mentions: namesCalled(input.body) }),
      ),
    ),

  /** One's own. NOT_FOUND (also when deleted), NOT_ALLOWED, TOO_LONG, ARCHIVED. */
  edit: doing("message.change")
    .input(EditMessageInput)
    .mutation(({ ctx, input }) =>
      editMessage(ctx.viewer, { ...input, mentions: namesCalled(input.body), maxLength: env().MESSAGE_MAX_LENGTH }),
    ),

  /** One's own, or a moderator anybody's. Leaves a tombstone. NOT_FOUND, NOT_ALLOWED, ARCHIVED. */
  delete: doing("message.change")
    .input(MessageInput)
    .mutation(({ ctx, input }) => deleteMessage(ctx.viewer, input.messageId)),

  /** NOT_FOUND, ARCHIVED, CONFLICT (too many different ones). */
  react: doing("message.react")
    .input(ReactInput)
    .mutation(({ ctx, input }) => react(ctx.viewer, input)),

  /** NOT_FOUND, NOT_ALLOWED, ARCHIVED, CONFLICT (too many). */
  pin: doing("message.change")
    .input(PinInput)
    .mutation(({ ctx, input }) => pin(ctx.viewer, input)),

  /** What is pinned in a room, the last pinned first. NOT_FOUND for strangers. */
  pinned: signedIn.input(RoomInput).query(({ ctx, input }) => pinnedIn(ctx.viewer.userId, input.roomId)),

  /** What a message said before it was edited, oldest first. NOT_FOUND. */
  edits: signedIn.input(MessageInput).query(({ ctx, input }) => editsOf(ctx.viewer.userId, input.messageId)),

  /** Who has read a message, and who has been given it. NOT_FOUND. */
  receipts: signedIn.input(MessageInput).query(({ ctx, input }) => receiptsOf(ctx.viewer.userId, input.messageId)),

  /** Keeps a message for later, for me alone. NOT_FOUND. */
  save: doing("message.change")
    .input(SaveInput)
    .mutation(({ ctx, input }) => saveMessage(ctx.viewer.userId, input.messageId, input.isOn)),

  /** What I saved and may still see, the last saved first. */
  saved: signedIn.query(({ ctx }) => savedBy(ctx.viewer.userId)),
});
