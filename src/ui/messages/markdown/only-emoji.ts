/** As `isEmoji` in #shared/one-emoji.ts. */
// biome-ignore lint/complexity/useRegexLiterals: a literal needs a newer compile target; what runs it knows the flag
const ONE_TO_THREE = new RegExp("^\\s*(?:\\p{RGI_Emoji}\\s*){1,3}$", "v");
/** Three families with skin tones, and the spaces between them. */
const LONGEST = 120;

/** Nothing but one, two or three emoji. */
export function isOnlyEmoji(body: string): boolean {
  return body.length <= LONGEST && ONE_TO_THREE.test(body);
}
