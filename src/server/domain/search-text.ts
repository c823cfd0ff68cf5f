/** What somebody typed, for LIKE: its own signs mean themselves. */
export const likeText = (typed: string): string => typed.replaceAll(/[\\%_]/g, "\\$&");
