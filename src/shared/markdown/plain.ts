import type { Inline } from "./ast.ts";
import { plain } from "./grammar.ts";
import { addText, referenceIn } from "./inlines.ts";

/** Addresses and names, and the rest as it was typed. Linear, whatever the text. */
export function plainInlines(body: string): Inline[] {
  const found: Inline[] = [];
  let at = 0;
  for (const { type, from, to } of plain.parseInline(body, 0)) {
    const name = plain.nodeSet.types[type]?.name;
    if (from < at || (name !== "Address" && name !== "Mention" && name !== "Room")) continue;
    addText(found, body.slice(at, from));
    found.push(referenceIn(body.slice(from, to), name));
    at = to;
  }
  addText(found, body.slice(at));
  return found;
}
