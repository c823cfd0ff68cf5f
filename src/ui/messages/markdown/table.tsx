import { createElement, type ReactNode } from "react";
import type { Align, Inline } from "#shared/markdown/ast.ts";
import { inlineElements } from "./inlines.tsx";

type Props = { align: readonly Align[]; head: readonly Inline[][]; rows: readonly Inline[][][] };

/** Scrolls inside itself: a wide one does not widen the page. */
export function Table({ align, head, rows }: Props) {
  const cells = (kind: "th" | "td", row: readonly Inline[][]): ReactNode => {
    const look = (column: number) => ({ className: align[column] ?? undefined });
    return createElement(
      "tr",
      null,
      ...row.map((cell, column) => createElement(kind, look(column), inlineElements(cell))),
    );
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <figure className="table" aria-label="Table" tabIndex={0}>
      <table>
        <thead>{cells("th", head)}</thead>
        {createElement("tbody", null, ...rows.map((row) => cells("td", row)))}
      </table>
    </figure>
  );
}
