import type { Block } from "./ast.ts";
import { blocksOf } from "./blocks.ts";
import { chat } from "./grammar.ts";
import { plainInlines } from "./plain.ts";

/**
 * Characters times marks. No parser of Markdown that we measured is linear on hostile text (docs/decisions/008-markdown.md):
 * a mark may make it look at all that went before, and a hundred thousand of them take minutes. A body of 4000
 * characters, the longest there is unless the owner of a server says otherwise, is always read whole, whatever is in it.
 */
const MOST_WORK = 4_000 * 4_000;
/** What may begin or end something. */
const MARK = /[\n!#()*+.:<>@[\]\\_`|~-]/g;

/** What a message says. A body that would take too long keeps its lines, addresses and names, and nothing else. */
export function parseMarkdown(text: string): Block[] {
  const body = text.replace(/\r\n?/g, "\n");
  const marks = body.match(MARK)?.length ?? 0;
  if (body.length * marks > MOST_WORK) return [{ type: "paragraph", children: plainInlines(body) }];
  return blocksOf({ body, containers: [] }, chat.parse(body).topNode);
}
