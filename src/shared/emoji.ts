import { z } from "zod";
import { isEmoji } from "./one-emoji.ts";

/** The longest ones in Unicode are flags of regions and families with skin tones: 35 bytes. The rest is room to grow. */
export const EMOJI_BYTES_MAX = 64;

/** No emoji: a digit, a heart without its variation selector (which is text), half of a flag, nothing, two of them. */
export const Emoji = z
  .string()
  .max(EMOJI_BYTES_MAX, "Choose one emoji.")
  .refine((text) => new TextEncoder().encode(text).length <= EMOJI_BYTES_MAX, "Choose one emoji.")
  .refine(isEmoji, "Choose one emoji.");
export type Emoji = z.infer<typeof Emoji>;
