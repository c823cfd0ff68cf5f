import type { Block, Inline } from "./ast.ts";
import { parseMarkdown } from "./parse.ts";
import { runsOf } from "./walk.ts";

/** One line without marks, for previews, quotes and notifications; at most `max` characters (code points), then "…". */
export function plainTextOf(body: string, max = Number.POSITIVE_INFINITY): string {
  const words = parseMarkdown(body).map(wordsOfBlock).join(" ");
  const line = (words.trim() ? words : body).replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, Math.max(0, max - 1))
        .join("")
        .trimEnd()}…`;
}

function wordsOfBlock(block: Block): string {
  if (block.type === "code") return block.text;
  if (block.type === "quote") return block.children.map(wordsOfBlock).join(" ");
  if (block.type === "list") return block.items.map(({ children }) => children.map(wordsOfBlock).join(" ")).join(" ");
  return runsOf(block).map(wordsOf).join(" ");
}

function wordsOf(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ("children" in inline ? wordsOf(inline.children) : inline.text)).join("");
}
