import type { SyntaxNode } from "@lezer/common";
import { hrefOf, hrefOfWritten } from "./addresses.ts";
import type { Inline } from "./ast.ts";
import { type Source, textBetween } from "./source.ts";

/** Emphasis in emphasis in emphasis: deeper than this it is text. */
const DEEPEST = 8;
const WRAPPERS = { StrongEmphasis: "strong", Emphasis: "emphasis", Strikethrough: "strike" } as const;

type Place = Source & { isInLink?: boolean; isInCell?: boolean; depth?: number };

/** What stands in a node between two places: its children, and the text between them. */
export function inlinesOf(place: Place, node: SyntaxNode, from: number, to: number): Inline[] {
  const found: Inline[] = [];
  let at = from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    // The marks of a quote stand in the middle of what it quotes; textBetween leaves them out.
    if (child.name === "QuoteMark" || child.from < at || child.to > to) continue;
    addText(found, textBetween(place, at, child.from));
    for (const inline of inlinesFrom(place, child)) addInline(found, inline);
    at = child.to;
  }
  addText(found, textBetween(place, at, to));
  return found;
}

function inlinesFrom(place: Place, node: SyntaxNode): Inline[] {
  const { name } = node;
  const raw = () => textBetween(place, node.from, node.to);
  if (name.endsWith("Mark") || name === "TaskMarker" || name === "URL") return [];
  if (name === "Escape") return [{ type: "text", text: raw().slice(1) }];
  if (name === "InlineCode") return [{ type: "code", text: codeIn(place, node) }];
  if ((place.depth ?? 0) >= DEEPEST) return [{ type: "text", text: raw() }];
  if (name === "Link") return [linkFrom(place, node)];
  if (name === "Shortcode") return [{ type: "emoji", code: raw().slice(1, -1).toLowerCase(), text: raw() }];
  if (name === "Address" || name === "Mention" || name === "Room") return [referenceIn(raw(), name, place.isInLink)];
  const type = WRAPPERS[name as keyof typeof WRAPPERS];
  return type ? [{ type, children: childrenOf(place, node) }] : [{ type: "text", text: raw() }];
}

export function referenceIn(text: string, name: "Address" | "Mention" | "Room", isInLink = false): Inline {
  if (isInLink) return { type: "text", text };
  const word = text.slice(1).toLowerCase();
  if (name === "Room") return { type: "room", slug: word, text };
  if (name === "Mention") return word === "room" ? { type: "everyone", text } : { type: "mention", name: word, text };
  const address = text.replace(/^<(.*)>$/, "$1");
  const href = hrefOfWritten(address);
  return href ? { type: "link", href, children: [{ type: "text", text: address }] } : { type: "text", text };
}

/** A link that leads nowhere we go is the text that was typed, so that nothing is hidden in it. */
function linkFrom(place: Place, node: SyntaxNode): Inline {
  const url = node.getChild("URL");
  const address = url ? place.body.slice(url.from, url.to).replace(/^<(.*)>$/, "$1") : "";
  const href = hrefOf(address.replace(/\\([!-/:-@[-`{-~])/g, "$1"));
  if (!href || place.isInLink) return { type: "text", text: textBetween(place, node.from, node.to) };
  const children = childrenOf({ ...place, isInLink: true }, node);
  const isBlank = children.every((child) => child.type === "text" && child.text.trim() === "");
  return { type: "link", href, children: isBlank ? [{ type: "text", text: href }] : children };
}

function childrenOf(place: Place, node: SyntaxNode): Inline[] {
  return inlinesOf({ ...place, depth: (place.depth ?? 0) + 1 }, node, node.from, node.to);
}

function codeIn(place: Place, node: SyntaxNode): string {
  const [from, to] = [node.firstChild?.to ?? node.from, node.lastChild?.from ?? node.to];
  const line = textBetween(place, from, to).replaceAll("\n", " ");
  const text = place.isInCell ? line.replaceAll("\\|", "|") : line;
  const isPadded = text.startsWith(" ") && text.endsWith(" ") && text.trim() !== "";
  return isPadded ? text.slice(1, -1) : text;
}

export function addText(found: Inline[], text: string): void {
  if (text) addInline(found, { type: "text", text });
}

export function addInline(found: Inline[], inline: Inline): void {
  const last = found.at(-1);
  if (inline.type === "text" && last?.type === "text") last.text += inline.text;
  else found.push(inline);
}
