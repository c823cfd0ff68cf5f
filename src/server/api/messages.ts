import { MessagePageInput, SendMessageInput } from "#shared/messages.ts";
import { pageBefore } from "../domain/messages.ts";
import { live, router, signedIn } from "./trpc.ts";

export const message = router({
  /** A page of history, oldest first, and the cursor to go on from. NOT_FOUND for strangers. */
  page: signedIn
    .input(MessagePageInput)
    .query(({ ctx, input: { roomId, before, limit } }) => pageBefore(ctx.viewer.userId, roomId, { before, limit })),

  /**
   * Sends, once per (author, clientId) however often it is called; answers after COMMIT. NOT_FOUND, CONFLICT, TOO_LONG,
   * ARCHIVED, TOO_MANY_REQUESTS, TOO_BUSY, UNAVAILABLE. The author is the session's, never the input's.
   */
  send: live
    .input(SendMessageInput)
    .mutation(({ ctx, input }) => ctx.node.sends.send({ ...input, authorId: ctx.viewer.userId })),
});
