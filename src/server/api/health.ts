import { healthFor } from "../domain/health.ts";
import { router, signedIn } from "./trpc.ts";

export const health = router({
  /** How the server is: nodes as they last said, and the last hour. For admins; NOT_FOUND for everybody else. */
  read: signedIn.query(({ ctx }) => healthFor(ctx.viewer.userId)),
});
