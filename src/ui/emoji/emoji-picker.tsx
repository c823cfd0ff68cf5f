"use client";

import { type EmojiPickerListComponents, EmojiPicker as Picker, type SkinTone } from "frimousse";
import { type KeyboardEvent, useState } from "react";
import { useKept } from "#ui/kit/kept.ts";
import { noteEmoji, useRecentEmoji } from "./recent-emoji.ts";
import { EMOJI_URL } from "./shortcodes.ts";
import { SkinTones } from "./skin-tones.tsx";
import { useBestMatches } from "./use-best-matches.ts";

const COLUMNS = 8;

/** Every emoji: searched, walked with the arrows, in one's own skin tone. Loaded when it is opened. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const [tone, keepTone] = useKept("emoji-tone", "none");
  const recent = useRecentEmoji();
  const [query, setQuery] = useState("");
  const matches = useBestMatches(query, tone, COLUMNS);
  // Until the arrows or a pointer lead into the list, Enter means the best match.
  const [isInList, setIsInList] = useState(false);
  const best = isInList ? undefined : matches[0];
  const pick = (emoji: string) => {
    noteEmoji(emoji);
    onPick(emoji);
  };
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key.startsWith("Arrow")) setIsInList(true);
    // The Enter of an input method picks a word: see the composer.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key !== "Enter" || !best || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    pick(best.emoji);
  };
  return (
    <Picker.Root
      className={best ? "emoji-picker is-led" : "emoji-picker"}
      onKeyDownCapture={onKeyDownCapture}
      emojibaseUrl={EMOJI_URL}
      locale="en"
      columns={COLUMNS}
      skinTone={tone as SkinTone}
      onEmojiSelect={({ emoji }) => pick(emoji)}
    >
      <header>
        <Picker.Search
          className="emoji-search"
          aria-label="Search emoji"
          placeholder="Search emoji"
          onChange={({ target }) => {
            setQuery(target.value);
            setIsInList(false);
          }}
        />
        <SkinTones tone={tone} onChoose={keepTone} />
      </header>
      <fieldset className="emoji-recent">
        <legend className="sr">{matches.length > 0 ? "Best matches" : "Used lately"}</legend>
        {matches.length > 0
          ? matches.map((match) => (
              <button
                key={match.emoji}
                type="button"
                className={match === best ? "is-hover" : undefined}
                aria-label={match.label}
                onClick={() => pick(match.emoji)}
              >
                {match.emoji}
              </button>
            ))
          : recent.map((emoji) => (
              <button key={emoji} type="button" onClick={() => pick(emoji)}>
                {emoji}
              </button>
            ))}
      </fieldset>
      <Picker.Viewport
        className="emoji-viewport"
        role="group"
        aria-label="All emoji"
        tabIndex={0}
        onPointerMove={() => setIsInList(true)}
      >
        <Picker.Loading className="emoji-note">Loading emoji</Picker.Loading>
        <Picker.Empty>{({ search }) => <p className="emoji-note">Nothing is called “{search}”.</p>}</Picker.Empty>
        <Picker.List className="emoji-list" components={PARTS} />
      </Picker.Viewport>
      <Picker.ActiveEmoji>
        {({ emoji }) => {
          const shown = best ?? emoji;
          return (
            <footer aria-hidden="true">
              {shown && <span>{shown.emoji}</span>}
              <small>{shown?.label ?? "Choose an emoji"}</small>
            </footer>
          );
        }}
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
