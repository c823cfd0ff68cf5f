import { DeviceInput } from "#shared/people.ts";
import { devicesOf, endDevice, endOtherDevices } from "../domain/devices.ts";
import { router, signedIn } from "./trpc.ts";

export const device = router({
  /** Where I am signed in, this device first. */
  list: signedIn.query(({ ctx }) => devicesOf(ctx.viewer.userId, ctx.viewer.sessionId)),

  /** Signs one of my devices out, at once. NOT_FOUND. */
  end: signedIn.input(DeviceInput).mutation(({ ctx, input }) => endDevice(ctx.viewer.userId, input.sessionId)),

  /** Signs out every device but this one. Answers how many. */
  endOthers: signedIn.mutation(({ ctx }) => endOtherDevices(ctx.viewer.userId, ctx.viewer.sessionId)),
});
