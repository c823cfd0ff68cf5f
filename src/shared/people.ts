import { z } from "zod";
import { DISPLAY_NAME_MAX, PASSWORD_MAX, PASSWORD_MIN, USERNAME_MAX, USERNAME_MIN } from "./limits.ts";

/** Someone, as everybody may see them. */
export type Person = { id: string; username: string; name: string };

export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .min(USERNAME_MIN, `A username has at least ${USERNAME_MIN} characters.`)
  .max(USERNAME_MAX, `A username has at most ${USERNAME_MAX} characters.`)
  .regex(/^[a-z0-9]/, "A username starts with a letter or a digit.")
  .regex(/^[a-z0-9._-]*$/, "A username is made of letters, digits, dots, dashes and underscores.");

export const Password = z
  .string()
  .min(PASSWORD_MIN, `A password has at least ${PASSWORD_MIN} characters.`)
  .max(PASSWORD_MAX, `A password has at most ${PASSWORD_MAX} characters.`);

export const SignUp = z.strictObject({
  username: Username,
  displayName: z
    .string()
    .trim()
    .max(DISPLAY_NAME_MAX, `A name has at most ${DISPLAY_NAME_MAX} characters.`)
    .regex(/^\P{Cc}*$/u, "A name cannot hold control characters.")
    .optional(),
  password: Password,
});
export type SignUp = z.infer<typeof SignUp>;
