import { createElement, Fragment, type ReactNode, useRef } from "react";
import { CopyCode } from "./copy-code.tsx";
import type { Token } from "./highlighter.ts";
import { languageOf } from "./languages.ts";
import { useHighlight } from "./use-highlight.ts";

/** Code, plain at once and in colour when that has come. Both are the same characters in the same letters: nothing moves. */
export function CodeBlock({ text, language }: { text: string; language: string | null }) {
  const pre = useRef<HTMLPreElement>(null);
  const known = languageOf(language);
  const tokens = useHighlight(pre, text, known?.id);
  const label = known?.label ?? language;
  return (
    <div className="codeblock">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <figure tabIndex={0} aria-label={label ? `${label} code` : "Code"}>
        <pre ref={pre}>
          <code>{tokens ? createElement(Fragment, null, ...tokens.map(tokenElement)) : text}</code>
        </pre>
      </figure>
      <div className="corner">
        {label && <small>{label}</small>}
        <CopyCode text={text} code={pre} />
      </div>
    </div>
  );
}

function tokenElement({ text, look }: Token): ReactNode {
  return look ? <span className={look}>{text}</span> : text;
}
