import { createElement, Fragment, type ReactNode } from "react";
import type { Inline } from "#shared/markdown/ast.ts";
import { Mention } from "./mention.tsx";
import { OutLink } from "./out-link.tsx";
import { RoomMention } from "./room-mention.tsx";
import { Shortcode } from "./shortcode.tsx";

const TAGS = { strong: "strong", emphasis: "em", strike: "del" } as const;

/** Words know themselves by their place alone: they are handed over as arguments, which need no keys. */
export function inlineElements(inlines: readonly Inline[]): ReactNode {
  return createElement(Fragment, null, ...inlines.map(inlineElement));
}

function inlineElement(inline: Inline): ReactNode {
  switch (inline.type) {
    case "text":
      return inline.text;
    case "code":
      return <code>{inline.text}</code>;
    case "link":
      return (
        <OutLink href={inline.href} words={inline.children}>
          {inlineElements(inline.children)}
        </OutLink>
      );
    case "mention":
      return <Mention username={inline.name} text={inline.text} />;
    case "everyone":
      return <span className="who me">{inline.text}</span>;
    case "room":
      return <RoomMention slug={inline.slug} text={inline.text} />;
    case "emoji":
      return <Shortcode code={inline.code} text={inline.text} />;
    default:
      return createElement(TAGS[inline.type], null, inlineElements(inline.children));
  }
}
