import { ChangePassword, SignUp } from "#shared/people.ts";
import { assertUncommon, hashPassword } from "../auth/passwords.ts";
import { spendAsSystem } from "../db/allowances.ts";
import { changePassword, createAccount } from "../domain/accounts.ts";
import { env } from "../env.ts";
import { DomainError } from "../errors.ts";
import { doing, open, router } from "./trpc.ts";

const HOUR_MS = 60 * 60_000;

export const account = router({
  /** Makes an account; signing in is next-auth's part. INVALID, USERNAME_TAKEN, SIGN_UP_CLOSED, TOO_MANY_REQUESTS. */
  signUp: open.input(SignUp).mutation(async ({ ctx, input: { password, ...wanted } }) => {
    const { SIGN_UP, RATE_SIGN_UPS_PER_ADDRESS } = env();
    if (SIGN_UP === "closed")
      throw new DomainError("SIGN_UP_CLOSED", "New accounts are closed on this server. Ask its owner.");
    assertUncommon(password, wanted.username);
    const allowance = { burst: RATE_SIGN_UPS_PER_ADDRESS, perMs: HOUR_MS };
    await spendAsSystem(
      `sign-up:address:${ctx.address}`,
      allowance,
      "Too many new accounts from your network. Try again later.",
    );
    return createAccount({ ...wanted, passwordHash: await hashPassword(password) });
  }),

  /** Another password; every other device is signed out. WRONG_PASSWORD, INVALID (too common, the same again), TOO_MANY_REQUESTS. */
  changePassword: doing("password")
    .input(ChangePassword)
    .mutation(({ ctx: { viewer }, input }) => {
      assertUncommon(input.next, viewer.person.username);
      return changePassword(viewer, input);
    }),
});
