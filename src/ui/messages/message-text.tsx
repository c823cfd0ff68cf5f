import { Fragment, useMemo } from "react";
import { textRuns } from "./links.ts";

/** A body as it was typed: line breaks kept, addresses clickable. Text nodes and links, never HTML. */
export function MessageText({ body }: { body: string }) {
  const runs = useMemo(() => textRuns(body), [body]);
  return runs.map(({ text, href }, index) =>
    href ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other identity than their place
      <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {text}
      </a>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other identity than their place
      <Fragment key={index}>{text}</Fragment>
    ),
  );
}
