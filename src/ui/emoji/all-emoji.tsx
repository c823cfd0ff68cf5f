"use client";

import { type EmojiPickerListComponents, EmojiPicker as Picker } from "frimousse";
import { useRecentEmoji } from "./recent-emoji.ts";

/** What was used lately, and everything by group. */
export function AllEmoji({ onPick }: { onPick: (emoji: string) => void }) {
  const recent = useRecentEmoji();
  return (
    <>
      <fieldset className="emoji-recent">
        <legend className="sr">Used lately</legend>
        {recent.map((emoji) => (
          <button key={emoji} type="button" onClick={() => onPick(emoji)}>
            {emoji}
          </button>
        ))}
      </fieldset>
      <Picker.Viewport className="emoji-viewport" role="group" aria-label="All emoji" tabIndex={0}>
        <Picker.Loading className="emoji-note">Loading emoji</Picker.Loading>
        <Picker.List className="emoji-list" components={PARTS} />
      </Picker.Viewport>
    </>
  );
}

const PARTS: Partial<EmojiPickerListComponents> = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className="emoji-category">
      {category.label}
    </div>
  ),
  Row: (props) => <div {...counted(props, "aria-rowindex")} className="emoji-row" />,
  Emoji: ({ emoji, ...props }) => (
    <button {...counted(props, "aria-colindex")} type="button" className={emoji.isActive ? "is-hover" : undefined}>
      {emoji.emoji}
    </button>
  ),
};

/** The library counts from 0, and ARIA from 1. */
function counted<P extends object, K extends keyof P>(props: P, index: K): P {
  return { ...props, [index]: Number(props[index] ?? 0) + 1 };
}
