import {
  type BlockContext,
  type Element,
  InlineContext,
  type Line,
  type MarkdownConfig,
  type MarkdownParser,
  parser,
  Strikethrough,
  Table,
  TaskList,
} from "@lezer/markdown";
import { addressAt, hrefOf, LONGEST_ADDRESS, mailAround } from "./addresses.ts";
import { closingBracket, targetEnd } from "./link-parts.ts";
import { nameAt } from "./names.ts";
import { shortcodeEnd } from "./shortcodes.ts";

type InlineParser = (cx: InlineContext, next: number, at: number) => number;

const [BANG, HASH, LESS, AT, OPEN, COLON] = [..."!#<@[:"].map((c) => c.charCodeAt(0));
const LETTERS = new Set([..."hHwWmM"].map((c) => c.charCodeAt(0)));

const address: InlineParser = (cx, next, at) => {
  if (next === LESS) return bracketedAddress(cx, at);
  if (!LETTERS.has(next)) return -1;
  const found = addressAt(cx.text, at - cx.offset);
  return found ? cx.addElement(cx.elt(found.isLink ? "Address" : "Word", at, found.to + cx.offset)) : -1;
};

/** `<https://a.example>`; with anything else in it, the bracket is a bracket. */
function bracketedAddress(cx: InlineContext, at: number): number {
  const inside = /^<([^\s<>]+)>/.exec(cx.slice(at, at + LONGEST_ADDRESS + 2))?.[1];
  if (!inside || !hrefOf(inside)) return -1;
  return cx.addElement(cx.elt("Address", at, at + inside.length + 2));
}

/** `@name` and `#room`, or the mail address around the `@`. */
const name: InlineParser = (cx, next, at) => {
  if (next !== AT && next !== HASH) return -1;
  const mail = next === AT ? mailAround(cx.text, at - cx.offset, endOfLast(cx)) : null;
  if (mail) return cx.addElement(cx.elt("Address", mail.from + cx.offset, mail.to + cx.offset));
  const found = nameAt(cx.text, at - cx.offset);
  if (!found) return -1;
  let to = found.to + cx.offset;
  // In `_thanks @ana_` the last underscore ends the emphasis, and is not hers. In plain text there is none to look for, and
  // looking walks all that went before: names alone would make it quadratic.
  if (cx.parser !== plain && cx.findOpeningDelimiter(InlineContext.emphasisUnderscore) !== null)
    while (cx.slice(to - 1, to) === "_" && to > at + 3) to--;
  return cx.addElement(cx.elt(next === AT ? "Mention" : "Room", at, to));
};

/** `:tada:`. */
const shortcode: InlineParser = (cx, next, at) => {
  if (next !== COLON) return -1;
  const end = shortcodeEnd(cx.text, at - cx.offset, endOfLast(cx));
  return end === null ? -1 : cx.addElement(cx.elt("Shortcode", at, end + cx.offset));
};

/** Where the last address or name in this text ends: what is found by looking back must not overlap it. */
const ends = new WeakMap<InlineContext, number>();
function endOfLast(cx: InlineContext): number {
  return ends.get(cx) ?? 0;
}
const remembering =
  (parse: InlineParser): InlineParser =>
  (cx, next, at) => {
    const end = parse(cx, next, at);
    if (end >= 0) ends.set(cx, end - cx.offset);
    return end;
  };

/**
 * `[words](address)` and `![words](address)`, in place of the library's own, which makes links of mere brackets as well:
 * `[see [1] here](address)` would lose its link. References are not known: a message has no footer.
 */
const link: InlineParser = (cx, next, at) => {
  const isImage = next === BANG && cx.char(at + 1) === OPEN;
  if (next !== OPEN && !isImage) return -1;
  const from = at + (isImage ? 2 : 1);
  const close = closingBracket(cx, from - 1);
  const target = close < 0 ? null : /^\(\s*/.exec(cx.slice(close + 1, close + 20));
  if (!target) return -1;
  const urlFrom = close + 1 + target[0].length;
  const [urlTo, end] = targetEnd(cx, urlFrom);
  if (end < 0) return -1;
  const children: Element[] = [...cx.parser.parseInline(cx.slice(from, close), from)];
  const marks = [cx.elt("LinkMark", at, from), cx.elt("LinkMark", close, urlFrom)];
  const tail = [cx.elt("URL", urlFrom, urlTo), cx.elt("LinkMark", urlTo, end)];
  return cx.addElement(cx.elt("Link", at, end, [marks[0] as Element, ...children, marks[1] as Element, ...tail]));
};

/**
 * A line that is not marked as part of a quote or a list is none: in a chat the answer stands right below what it answers.
 * The standard would draw it in.
 */
function isOutside(cx: BlockContext, line: Line): boolean {
  let [quotes, items] = [0, 0];
  for (let depth = 1; depth < cx.depth; depth++) {
    const block = cx.parentType(depth).name;
    if (block === "Blockquote") quotes++;
    if (block === "ListItem") items++;
  }
  if (quotes + items === 0) return false;
  const marks = line.text.slice(0, line.basePos).split(">").length - 1;
  return line.basePos === 0 || marks < quotes;
}

const names: MarkdownConfig = {
  defineNodes: ["Address", "Mention", "Room", "Word"],
  parseInline: [
    { name: "Address", parse: remembering(address), before: "Emphasis" },
    { name: "Name", parse: remembering(name), before: "Emphasis" },
  ],
};

/**
 * GFM as people mean it in a chat. HTML and its entities stay what was typed. Indented code, underlined headings and
 * references are left out: they turn up by accident. A line break is a line break without any mark.
 */
export const chat: MarkdownParser = parser.configure([
  Table,
  TaskList,
  Strikethrough,
  {
    remove: [
      ...["HTMLBlock", "HTMLTag", "Entity", "IndentedCode", "SetextHeading", "LinkReference"],
      ...["HardBreak", "Image", "LinkEnd"],
    ],
  },
  { parseInline: [{ name: "Link", parse: remembering(link) }], parseBlock: [{ name: "Outside", endLeaf: isOutside }] },
  names,
  {
    defineNodes: ["Shortcode"],
    parseInline: [{ name: "Shortcode", parse: remembering(shortcode), before: "Emphasis" }],
  },
]);

/** Addresses and names alone, each character looked at a bounded number of times. */
export const plain: MarkdownParser = parser.configure([
  { remove: ["Escape", "Entity", "InlineCode", "HTMLTag", "Emphasis", "HardBreak", "Link", "Image", "LinkEnd"] },
  {
    ...names,
    parseInline: names.parseInline?.map(({ before: _, ...spec }) => spec) ?? [],
  },
]);
