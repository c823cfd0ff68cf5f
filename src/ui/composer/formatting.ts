import type { Edit } from "./edit.ts";

export type Mark = "**" | "_" | "~~" | "`";
type Selected = { text: string; start: number; end: number };

/** Puts marks around what is selected, or takes them away; without a selection, around the caret. */
export function toggleMark({ text, ...selection }: Selected, mark: Mark): Edit {
  const { start, end } = trimmed(text, selection);
  const inner = text.slice(start, end);
  const width = mark.length;
  if (isMarked(text, start, end, mark))
    return { ...around(start - width, end + width, inner), selectStart: start - width, selectEnd: end - width };
  if (inner.length > 2 * width && isMarked(text, start + width, end - width, mark)) {
    const bare = inner.slice(width, -width);
    return { ...around(start, end, bare), selectStart: start, selectEnd: start + bare.length };
  }
  if (mark === "`" && inner.includes("\n")) return fenced(text, start, end);
  const insert = mark + inner + mark;
  return { ...around(start, end, insert), selectStart: start + width, selectEnd: end + width };
}

/** The selected words become a link, and the address is what one types next; a selected address becomes the target. */
export function makeLink({ text, ...selection }: Selected): Edit {
  const { start, end } = trimmed(text, selection);
  const inner = text.slice(start, end);
  if (/^https?:\/\/\S+$/.test(inner))
    return { ...around(start, end, `[](${inner})`), selectStart: start + 1, selectEnd: start + 1 };
  const at = start + inner.length + 3;
  return { ...around(start, end, `[${inner}](https://)`), selectStart: at, selectEnd: at + "https://".length };
}

/** Lines of code stand between fences of their own. */
function fenced(text: string, start: number, end: number): Edit {
  const before = start === 0 || text[start - 1] === "\n" ? "" : "\n";
  const after = end === text.length || text[end] === "\n" ? "" : "\n";
  const open = `${before}\`\`\`\n`;
  const insert = `${open}${text.slice(start, end)}\n\`\`\`${after}`;
  return { ...around(start, end, insert), selectStart: start + open.length, selectEnd: end + open.length };
}

/** Blanks at the ends stay outside: Markdown does not take `** word **` for bold. */
function trimmed(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const inner = text.slice(start, end);
  if (inner.trim() === "") return { start, end: inner === "" ? end : start };
  return { start: start + inner.length - inner.trimStart().length, end: end - (inner.length - inner.trimEnd().length) };
}

/** Whether exactly this mark stands on both sides: the backtick of a fence is not the mark of a word. */
function isMarked(text: string, start: number, end: number, mark: Mark): boolean {
  const width = mark.length;
  if (start < width || text.slice(start - width, start) !== mark || text.slice(end, end + width) !== mark) return false;
  const sign = mark.charAt(0);
  return text[start - width - 1] !== sign && text[end + width] !== sign;
}

function around(start: number, end: number, insert: string): Pick<Edit, "start" | "end" | "insert"> {
  return { start, end, insert };
}
