import { PASSWORD_MIN } from "#shared/limits.ts";

/** What a good password is like. */
export const PASSWORD_HINT = `At least ${PASSWORD_MIN} characters. A few unrelated words are easy to keep and hard to guess.`;
