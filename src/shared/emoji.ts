import { z } from "zod";

/** The longest ones in Unicode are flags of regions and families with skin tones: 35 bytes. The rest is room to grow. */
export const EMOJI_BYTES_MAX = 64;

/**
 * Exactly one emoji as Unicode recommends it for interchange: one grapheme, so neither two of them nor a letter beside
 * one, and not the same picture spelled in a second way, which would count as a second reaction.
 */
// biome-ignore lint/complexity/useRegexLiterals: a literal needs a newer compile target; what runs it knows the flag
const ONE_EMOJI = new RegExp("^\\p{RGI_Emoji}$", "v");

/** No emoji: a digit, a heart without its variation selector (which is text), half of a flag, nothing, two of them. */
export const Emoji = z
  .string()
  .max(EMOJI_BYTES_MAX, "Choose one emoji.")
  .refine((text) => new TextEncoder().encode(text).length <= EMOJI_BYTES_MAX, "Choose one emoji.")
  .refine(isEmoji, "Choose one emoji.");
export type Emoji = z.infer<typeof Emoji>;

export function isEmoji(text: string): boolean {
  return ONE_EMOJI.test(text);
}
