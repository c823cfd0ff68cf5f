import { memo, type ReactNode, useMemo } from "react";
import { parseMarkdown } from "#shared/markdown/parse.ts";
import { blockElements } from "./blocks.tsx";
import { isOnlyEmoji } from "./only-emoji.ts";

type Props = {
  body: string;
  /** Stands behind the last word. */
  after?: ReactNode;
};

/** What a message says, as elements: there is no HTML string on the way, so nothing that was typed can become one. */
export const Markdown = memo(function Markdown({ body, after }: Props) {
  const blocks = useMemo(() => parseMarkdown(body), [body]);
  if (!isOnlyEmoji(body)) return blockElements(blocks, after);
  return (
    <p className="only-emoji">
      {after ? <span>{body.trim()}</span> : body.trim()}
      {after}
    </p>
  );
});
