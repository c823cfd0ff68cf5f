// Apart from the schema, which brings the library that checks input: a browser asks this of what it remembers.

/**
 * Exactly one emoji as Unicode recommends it for interchange: one grapheme, so neither two of them nor a letter beside
 * one, and not the same picture spelled in a second way, which would count as a second reaction.
 */
// biome-ignore lint/complexity/useRegexLiterals: a literal needs a newer compile target; what runs it knows the flag
const ONE_EMOJI = new RegExp("^\\p{RGI_Emoji}$", "v");

export function isEmoji(text: string): boolean {
  return ONE_EMOJI.test(text);
}
