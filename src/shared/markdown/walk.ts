import type { Block, Inline } from "./ast.ts";

/** Every inline of a tree, those in links and emphasis too. */
export function* inlinesIn(blocks: readonly Block[]): Generator<Inline> {
  for (const block of blocks) {
    if (block.type === "quote") yield* inlinesIn(block.children);
    else if (block.type === "list") for (const item of block.items) yield* inlinesIn(item.children);
    else for (const run of runsOf(block)) yield* within(run);
  }
}

function* within(inlines: readonly Inline[]): Generator<Inline> {
  for (const inline of inlines) {
    yield inline;
    if ("children" in inline) yield* within(inline.children);
  }
}

/** The lines of words that a block itself holds. */
export function runsOf(block: Block): Inline[][] {
  if (block.type === "paragraph" || block.type === "heading") return [block.children];
  return block.type === "table" ? [...block.head, ...block.rows.flat()] : [];
}
