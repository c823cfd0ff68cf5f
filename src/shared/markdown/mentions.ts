import { parseMarkdown } from "./parse.ts";
import { inlinesIn } from "./walk.ts";

/**
 * Whom a body calls: usernames in lower case, each once, in their order. Read from what is drawn, so that nobody is called
 * by words that do not show it. Whether somebody bears a name is for the caller to find out.
 */
export function mentionsIn(body: string): { names: string[]; room: boolean } {
  const names = new Set<string>();
  let room = false;
  if (!body.includes("@")) return { names: [], room };
  for (const inline of inlinesIn(parseMarkdown(body))) {
    if (inline.type === "mention") names.add(inline.name);
    if (inline.type === "everyone") room = true;
  }
  return { names: [...names], room };
}
