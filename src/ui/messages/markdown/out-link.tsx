import type { ReactNode } from "react";
import type { Inline } from "#shared/markdown/ast.ts";

/** A link out of here. Words that are not the address themselves say on hover where they lead. */
export function OutLink({ href, words, children }: { href: string; words: readonly Inline[]; children: ReactNode }) {
  const [only] = words;
  const isAddress = words.length === 1 && only?.type === "text" && href.endsWith(only.text);
  return (
    <a href={href} title={isAddress ? undefined : href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
    </a>
  );
}
