"use client";

import { type EmojiPickerListComponents, EmojiPicker as Picker, type SkinTone } from "frimousse";
import { useKept } from "#ui/kit/kept.ts";
import { noteEmoji, useRecentEmoji } from "./recent-emoji.ts";
import { EMOJI_URL } from "./shortcodes.ts";
import { SkinTones } from "./skin-tones.tsx";

const COLUMNS = 8;

/** Every emoji: searched, walked with the arrows, in one's own skin tone. Loaded when it is opened. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const [tone, keepTone] = useKept("emoji-tone", "none");
  const recent = useRecentEmoji();
  const pick = (emoji: string) => {
    noteEmoji(emoji);
    onPick(emoji);
  };
  return (
    <Picker.Root
      className="emoji-picker"
      emojibaseUrl={EMOJI_URL}
      locale="en"
      columns={COLUMNS}
      skinTone={tone as SkinTone}
      onEmojiSelect={({ emoji }) => pick(emoji)}
    >
      <header>
        <Picker.Search className="emoji-search" aria-label="Search emoji" placeholder="Search emoji" />
        <SkinTones tone={tone} onChoose={keepTone} />
      </header>
      <fieldset className="emoji-recent">
        <legend className="sr">Used lately</legend>
        {recent.map((emoji) => (
          <button key={emoji} type="button" onClick={() => pick(emoji)}>
            {emoji}
          </button>
        ))}
      </fieldset>
      <Picker.Viewport className="emoji-viewport" role="group" aria-label="All emoji" tabIndex={0}>
        <Picker.Loading className="emoji-note">Loading emoji</Picker.Loading>
        <Picker.Empty>{({ search }) => <p className="emoji-note">Nothing is called “{search}”.</p>}</Picker.Empty>
        <Picker.List className="emoji-list" components={PARTS} />
      </Picker.Viewport>
      <Picker.ActiveEmoji>
        {({ emoji }) => (
          <footer aria-hidden="true">
            {emoji && <span>{emoji.emoji}</span>}
            <small>{emoji?.label ?? "Choose an emoji"}</small>
          </footer>
        )}
      </Picker.ActiveEmoji>
    </Picker.Root>
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
