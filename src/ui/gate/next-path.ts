/** Where to go after signing in: a path on this very site, whatever the address bar was made to say. */
export function safeNext(next: string | string[] | null | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  // A browser drops tabs and line breaks and reads a backslash as a slash, so "/\evil" and "/\t/evil" lead to another host.
  if (next.startsWith("//") || [...next].some(isTrap)) return "/";
  if (!URL.canParse(next, "http://here.invalid")) return "/";
  const url = new URL(next, "http://here.invalid");
  if (url.origin !== "http://here.invalid") return "/";
  const path = url.pathname + url.search + url.hash;
  return path.startsWith("//") || /^\/sign-(in|up)\b/.test(path) ? "/" : path;
}

/** What has led to the sign-in page, and what it greets with. */
export type AfterWhat = "signed-up" | "ended";

/** The sign-up page that leads there. */
export function signUpPath(next: string): string {
  return next === "/" ? "/sign-up" : `/sign-up?next=${encodeURIComponent(next)}`;
}

/** The sign-in page that leads back here. */
export function signInPath(next: string, after?: AfterWhat): string {
  const query = String(new URLSearchParams({ ...(after ? { after } : {}), ...(next === "/" ? {} : { next }) }));
  return query ? `/sign-in?${query}` : "/sign-in";
}

function isTrap(character: string): boolean {
  return character === "\\" || character < " " || character === "\u007f";
}
