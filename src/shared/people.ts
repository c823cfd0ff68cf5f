import { z } from "zod";
import { Emoji } from "./emoji.ts";
import { Id } from "./identifiers.ts";
import {
  DISPLAY_NAME_MAX,
  PASSWORD_MAX,
  PASSWORD_MIN,
  PEOPLE_FOUND_MAX,
  STATUS_TEXT_MAX,
  USERNAME_MAX,
  USERNAME_MIN,
} from "./limits.ts";

/** Someone, as everybody may see them. */
export type Person = { id: string; username: string; name: string };

export type ServerRole = "admin" | "moderator" | "member";

/** What people show of themselves. It reaches whoever shares a room with them, by `me.feed`. */
export type Profile = Person & {
  role: ServerRole;
  /** What they chose, instead of the hue of their id and the first letter of their name. */
  avatar: { hue: number | null; initials: string | null };
  /** A status past its `until` is over: screens drop it by themselves. */
  status: { emoji: string; text: string; until: string | null } | null;
  isDeactivated: boolean;
  lastSeenAt: string | null;
};

export type PresenceState = "online" | "away" | "offline";
export type Presence = { userId: string; state: PresenceState; lastSeenAt: string | null };

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

const DisplayName = z
  .string()
  .trim()
  .max(DISPLAY_NAME_MAX, `A name has at most ${DISPLAY_NAME_MAX} characters.`)
  .regex(/^\P{Cc}*$/u, "A name cannot hold control characters.");

export const SignUp = z.strictObject({ username: Username, displayName: DisplayName.optional(), password: Password });
export type SignUp = z.infer<typeof SignUp>;

export const ChangePassword = z.strictObject({ current: z.string().max(PASSWORD_MAX), next: Password });

/** Two characters as people see them. */
const Initials = z
  .string()
  .trim()
  .refine((text) => text !== "" && [...text].length <= 2, "Initials are one or two characters.")
  .regex(/^\P{Cc}*$/u, "Initials cannot hold control characters.");

export const UpdateProfile = z.strictObject({
  name: DisplayName.refine((name) => /\S/.test(name), "A name has at least one visible character.").optional(),
  avatar: z.strictObject({ hue: z.int().min(0).max(359).nullable(), initials: Initials.nullable() }).optional(),
});
export type UpdateProfile = z.infer<typeof UpdateProfile>;

/** Null clears it. `until` in the past clears it, too. */
export const SetStatus = z.strictObject({
  status: z
    .strictObject({
      emoji: Emoji.or(z.literal("")),
      text: z
        .string()
        .trim()
        .max(STATUS_TEXT_MAX, `A status has at most ${STATUS_TEXT_MAX} characters.`)
        .regex(/^\P{Cc}*$/u, "A status cannot hold control characters."),
      until: z.iso.datetime({ offset: true }).nullable(),
    })
    .refine(({ emoji, text }) => emoji !== "" || text !== "", "A status has an emoji, words, or both.")
    .nullable(),
});
export type SetStatus = z.infer<typeof SetStatus>;

export const SetAway = z.strictObject({ isAway: z.boolean() });

/** People whom I share a room with, by the beginning of a name. `notIn` leaves out a room's members, `in` asks for them alone. */
export const FindPeople = z.strictObject({
  query: z
    .string()
    .trim()
    .max(DISPLAY_NAME_MAX)
    .regex(/^\P{Cc}*$/u, "A name cannot hold control characters."),
  in: Id.optional(),
  notIn: Id.optional(),
  limit: z.int().min(1).max(PEOPLE_FOUND_MAX).default(20),
});

export const PersonInput = z.strictObject({ userId: Id });

/** A signed-in browser, as its owner sees it. */
export type Device = {
  sessionId: string;
  /** "Firefox on Linux", or what the browser said of itself. */
  name: string;
  address: string;
  createdAt: string;
  lastSeenAt: string;
  isThisOne: boolean;
};

export const DeviceInput = z.strictObject({ sessionId: Id });
