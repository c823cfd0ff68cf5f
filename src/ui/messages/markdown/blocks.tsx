import { createElement, Fragment, type ReactNode } from "react";
import type { Block, Item } from "#shared/markdown/ast.ts";
import { CodeBlock } from "./code-block.tsx";
import { inlineElements } from "./inlines.tsx";
import { Table } from "./table.tsx";

/** Blocks know themselves by their place alone: they are handed over as arguments, which need no keys. */
export function blockElements(blocks: readonly Block[], after?: ReactNode): ReactNode {
  const last = blocks.at(-1);
  const isInside = after && last?.type === "paragraph";
  const elements = blocks.map((block) => blockElement(block, isInside && block === last ? after : null));
  return createElement(Fragment, null, ...elements, isInside ? null : after);
}

function blockElement(block: Block, after: ReactNode): ReactNode {
  switch (block.type) {
    case "paragraph":
      // Apart, so that what stands behind the words is not read as one of them.
      if (after) return createElement("p", null, createElement("span", null, inlineElements(block.children)), after);
      return createElement("p", null, inlineElements(block.children));
    case "heading":
      // No heading of the page: a screen reader's outline is not made of what people say.
      return <p className={`heading level-${Math.min(block.level, 3)}`}>{inlineElements(block.children)}</p>;
    case "quote":
      return <blockquote>{blockElements(block.children)}</blockquote>;
    case "code":
      return <CodeBlock text={block.text} language={block.language} />;
    case "list":
      return listElement(block.start, block.items);
    case "table":
      return <Table align={block.align} head={block.head} rows={block.rows} />;
    case "rule":
      return <hr />;
  }
}

function listElement(start: number | null, items: readonly Item[]): ReactNode {
  const elements = items.map(itemElement);
  if (start === null) return createElement("ul", null, ...elements);
  const digits = String(start + items.length - 1).length;
  return createElement("ol", { start, style: { "--digits": digits } }, ...elements);
}

function itemElement({ isDone, children }: Item): ReactNode {
  if (isDone === null) return <li>{blockElements(children)}</li>;
  return (
    <li className="task">
      <input type="checkbox" disabled checked={isDone} aria-label={isDone ? "Done" : "To do"} />
      {blockElements(children)}
    </li>
  );
}
