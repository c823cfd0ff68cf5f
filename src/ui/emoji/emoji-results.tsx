"use client";

import { useEffect, useRef } from "react";
import type { EmojiSearch } from "./use-emoji-search.ts";

type Props = { id: string; search: EmojiSearch; onPick: (emoji: string) => void };

/** What a search found, best match first. The focus stays in the field; the option that Enter takes is marked. */
export function EmojiResults({ id, search: { query, found, at, point }, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div className="emoji-found">
      <div ref={list} id={id} className="emoji-grid" role="listbox" aria-label="Emoji found">
        {found?.map(({ emoji, label }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as a combobox has them
          <div
            key={emoji}
            id={`${id}-${index}`}
            className={index === at ? "option is-hover" : "option"}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            aria-label={label}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => point(index)}
            onClick={() => onPick(emoji)}
          >
            {emoji}
          </div>
        ))}
      </div>
      <p className="emoji-note" role="status">
        {found === null ? "Loading emoji" : found.length === 0 ? `Nothing is called “${query.trim()}”.` : ""}
      </p>
    </div>
  );
}
