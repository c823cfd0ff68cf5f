import type { SyntaxNode } from "@lezer/common";
import type { Block, Inline, Item } from "./ast.ts";
import { addInline, inlinesOf } from "./inlines.ts";
import { type Source, spacesBefore, textBetween } from "./source.ts";
import { tableFrom } from "./table.ts";

/** Quotes in lists in quotes: deeper than this they are text. */
const DEEPEST = 8;
const LANGUAGE = /^[\w+#.-]{1,32}$/;

/** The blocks in a node. What a person sent is never invisible: a mark that holds nothing is the text it was typed as. */
export function blocksOf(source: Source, parent: SyntaxNode): Block[] {
  const blocks: Block[] = [];
  let end = -1;
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (/Mark$/.test(node.name)) continue;
    const block = source.containers.length < DEEPEST ? blockFrom(source, node) : null;
    addBlock(blocks, block ?? rawFrom(source, node), source.body.slice(Math.max(end, 0), node.from));
    end = node.to;
  }
  return blocks;
}

/** A line that looks like HTML makes the parser begin a new paragraph where there is no blank line: it is taken back. */
function addBlock(blocks: Block[], block: Block, between: string): void {
  const last = blocks.at(-1);
  if (last?.type !== "paragraph" || block.type !== "paragraph" || between.split("\n").length !== 2) blocks.push(block);
  else
    for (const inline of [{ type: "text", text: "\n" } as const, ...block.children]) addInline(last.children, inline);
}

function blockFrom(source: Source, node: SyntaxNode): Block | null {
  const heading = /^ATXHeading(\d)$/.exec(node.name)?.[1];
  if (heading) return headingFrom(source, node, Number(heading));
  if (node.name === "FencedCode") return codeFrom(source, node);
  if (node.name === "Blockquote") return quoteFrom(source, node);
  if (node.name === "BulletList" || node.name === "OrderedList") return listFrom(source, node);
  if (node.name === "Table") return tableFrom(source, node);
  if (node.name === "HorizontalRule") return { type: "rule" };
  return paragraphFrom(source, node);
}

function paragraphFrom(source: Source, node: SyntaxNode): Block {
  const children = inlinesOf(source, node, node.from, node.to);
  const spaces = spacesBefore(source, node.from);
  return { type: "paragraph", children: spaces ? withText(spaces, children) : children };
}

function withText(text: string, children: Inline[]): Inline[] {
  const [first, ...rest] = children;
  if (first?.type === "text") return [{ type: "text", text: text + first.text }, ...rest];
  return [{ type: "text", text }, ...children];
}

function rawFrom(source: Source, node: SyntaxNode): Block {
  return { type: "paragraph", children: [{ type: "text", text: textBetween(source, node.from, node.to) }] };
}

function headingFrom(source: Source, node: SyntaxNode, level: number): Block | null {
  const marks = node.getChildren("HeaderMark");
  const [open, close] = [marks[0], marks[1]];
  const words = source.body.slice(open?.to ?? node.from, close?.from ?? node.to);
  if (words.trim() === "") return null;
  const from = (open?.to ?? node.from) + words.length - words.trimStart().length;
  return { type: "heading", level, children: inlinesOf(source, node, from, from + words.trim().length) };
}

function codeFrom({ body }: Source, node: SyntaxNode): Block | null {
  const info = node.getChild("CodeInfo");
  const [word = ""] = info ? body.slice(info.from, info.to).split(/\s/) : [];
  const text = node
    .getChildren("CodeText")
    .map(({ from, to }) => body.slice(from, to))
    .join("");
  return text.trim() ? { type: "code", language: LANGUAGE.test(word) ? word.toLowerCase() : null, text } : null;
}

function quoteFrom(source: Source, node: SyntaxNode): Block | null {
  const children = blocksOf({ ...source, containers: [...source.containers, "quote"] }, node);
  return children.length > 0 ? { type: "quote", children } : null;
}

function listFrom(source: Source, node: SyntaxNode): Block | null {
  const items = node.getChildren("ListItem").map((item) => itemFrom(source, item));
  if (items.every(({ children }) => children.length === 0)) return null;
  const mark = node.getChild("ListItem")?.getChild("ListMark");
  const number = mark ? Number.parseInt(source.body.slice(mark.from, mark.to), 10) : Number.NaN;
  return { type: "list", start: Number.isNaN(number) ? null : number, items };
}

function itemFrom(source: Source, node: SyntaxNode): Item {
  const mark = node.getChild("ListMark");
  const first = mark?.nextSibling;
  const isBeside = mark && first && !source.body.slice(mark.to, first.from).includes("\n");
  const indent = mark ? (isBeside ? first.from : mark.to + 1) - node.from : 0;
  const inside: Source = { ...source, containers: [...source.containers, { indent }] };
  const task = node.getChild("Task");
  const marker = task?.getChild("TaskMarker");
  const isDone = marker ? /x/i.test(source.body.slice(marker.from, marker.to)) : null;
  if (!task || !marker) return { isDone, children: blocksOf(inside, node) };
  const words: Block = { type: "paragraph", children: inlinesOf(inside, task, marker.to + 1, task.to) };
  return { isDone, children: [words, ...blocksOf(inside, node).slice(1)] };
}
