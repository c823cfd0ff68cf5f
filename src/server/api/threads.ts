import { FollowThreadInput, ReadThreadInput, ThreadPageInput } from "#shared/messages.ts";
import { followedThreads, followThread, readThread, threadPage } from "../domain/threads.ts";
import { doing, router, signedIn } from "./trpc.ts";

export const thread = router({
  /** A thread's root and its replies, oldest first. NOT_FOUND. */
  page: signedIn.input(ThreadPageInput).query(({ ctx, input }) => threadPage(ctx.viewer.userId, input)),

  /** The threads that I follow, the one with the newest reply first. */
  list: signedIn.query(({ ctx }) => followedThreads(ctx.viewer.userId)),

  /** NOT_FOUND. */
  follow: doing("message.change")
    .input(FollowThreadInput)
    .mutation(({ ctx, input }) => followThread(ctx.viewer.userId, input.rootId, input.isOn)),

  /** I have read a thread this far. NOT_FOUND. */
  read: doing("receipt")
    .input(ReadThreadInput)
    .mutation(({ ctx, input }) => readThread(ctx.viewer.userId, input.rootId, input.seq)),
});
