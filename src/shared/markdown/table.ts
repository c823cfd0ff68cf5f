import type { SyntaxNode } from "@lezer/common";
import type { Align, Block, Inline } from "./ast.ts";
import { inlinesOf } from "./inlines.ts";
import type { Source } from "./source.ts";

export function tableFrom(source: Source, node: SyntaxNode): Block | null {
  const header = node.getChild("TableHeader");
  const line = node.getChild("TableDelimiter");
  if (!header || !line) return null;
  const head = cellsOf(source, header);
  // A short row stays short: a wide head over many empty rows would be a million cells.
  const rows = node.getChildren("TableRow").map((row) => cellsOf(source, row).slice(0, head.length));
  const marks = source.body.slice(line.from, line.to).match(/:?-+:?/g) ?? [];
  return { type: "table", align: head.map((_, column) => alignOf(marks[column] ?? "")), head, rows };
}

/** The parser has no node for an empty cell, so the bars are counted. */
function cellsOf(source: Source, row: SyntaxNode): Inline[][] {
  const cells: Inline[][] = [];
  let cell: Inline[] | null = null;
  let isFirst = true;
  for (let child = row.firstChild; child; child = child.nextSibling) {
    if (child.name === "TableCell") cell = inlinesOf({ ...source, isInCell: true }, child, child.from, child.to);
    if (child.name !== "TableDelimiter") continue;
    if (cell || !isFirst) cells.push(cell ?? []);
    cell = null;
    isFirst = false;
  }
  return cell ? [...cells, cell] : cells;
}

function alignOf(mark: string): Align {
  if (mark.startsWith(":")) return mark.endsWith(":") ? "center" : "left";
  return mark.endsWith(":") ? "right" : null;
}
