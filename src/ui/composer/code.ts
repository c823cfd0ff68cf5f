const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Whether a place lies in a fenced block that is not closed before it. */
export function isInFence(text: string, place: number): boolean {
  let open: string | null = null;
  const before = text.slice(0, place);
  const lines = before.split("\n");
  for (const [index, line] of lines.entries()) {
    const fence = FENCE.exec(line)?.[1];
    if (!fence) continue;
    // The line of the place itself does not open anything yet: its end has not been typed.
    if (open === null) open = index < lines.length - 1 ? fence : null;
    else if (fence[0] === open[0] && fence.length >= open.length && /^\s*[`~]+\s*$/.test(line)) open = null;
  }
  return open !== null;
}

/** Whether a place lies in code of either kind, where nothing is a name or an emoji. */
export function isInCode(text: string, place: number): boolean {
  if (isInFence(text, place)) return true;
  const line = text.slice(text.lastIndexOf("\n", place - 1) + 1, place);
  return (line.split("`").length - 1) % 2 === 1;
}
