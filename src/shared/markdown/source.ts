/** What a line begins with before its own words: a quote's `>`, or the indent of a list's item. */
export type Container = "quote" | { indent: number };

/** A body, and how deep in its quotes and lists we are. */
export type Source = { body: string; containers: readonly Container[] };

/** The text of a stretch, without what its lines owe to the quotes and lists around them. Other spaces stay. */
export function textBetween({ body, containers }: Source, from: number, to: number): string {
  if (containers.length === 0) return body.slice(from, to);
  let text = "";
  for (let at = from; at < to; ) {
    const newline = body.indexOf("\n", at);
    const end = newline === -1 || newline >= to ? to : newline + 1;
    text += body.slice(at, end);
    at = end < to ? Math.min(afterContainers(body, end, containers), to) : to;
  }
  return text;
}

/** The spaces a paragraph begins with. The parser drops them; whoever typed them sees them gone. */
export function spacesBefore({ body, containers }: Source, at: number): string {
  let from = at;
  while (from > 0 && isSpace(body[from - 1])) from--;
  if (from === 0 || body[from - 1] === "\n")
    return body.slice(Math.min(afterContainers(body, from, containers), at), at);
  return containers.at(-1) === "quote" ? body.slice(from + 1, at) : "";
}

function afterContainers(body: string, lineStart: number, containers: readonly Container[]): number {
  let at = lineStart;
  for (const container of containers) {
    if (container === "quote") {
      let mark = at;
      while (mark < at + 3 && body[mark] === " ") mark++;
      if (body[mark] !== ">") return at;
      at = isSpace(body[mark + 1]) ? mark + 2 : mark + 1;
    } else
      for (let column = 0; column < container.indent && isSpace(body[at]); at++) column += body[at] === "\t" ? 4 : 1;
  }
  return at;
}

function isSpace(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
