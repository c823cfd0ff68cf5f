"use client";

import { EmojiPicker as Picker, type SkinTone } from "frimousse";
import { useId, useRef } from "react";
import { useKept } from "#ui/kit/kept.ts";
import { AllEmoji } from "./all-emoji.tsx";
import { EmojiFoot } from "./emoji-foot.tsx";
import { EmojiResults } from "./emoji-results.tsx";
import { COLUMNS, noteEmoji } from "./recent-emoji.ts";
import { EMOJI_URL } from "./shortcodes.ts";
import { SkinTones } from "./skin-tones.tsx";
import { useEmojiSearch } from "./use-emoji-search.ts";

/** Every emoji: by group, or best match first once something is typed; walked with the arrows, in one's own skin tone. Loaded when it is opened. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const [tone, keepTone] = useKept("emoji-tone", "none");
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const pick = (emoji: string) => {
    noteEmoji(emoji);
    onPick(emoji);
  };
  const search = useEmojiSearch({ tone, columns: COLUMNS, onPick: pick });
  const current = search.found?.[search.at];
  return (
    <Picker.Root
      ref={root}
      className="emoji-picker"
      emojibaseUrl={EMOJI_URL}
      locale="en"
      columns={COLUMNS}
      skinTone={tone as SkinTone}
      onEmojiSelect={({ emoji }) => pick(emoji)}
    >
      <header>
        <input
          type="search"
          className="emoji-search"
          aria-label="Search emoji"
          aria-controls={search.isAsked ? id : undefined}
          aria-activedescendant={current && `${id}-${search.at}`}
          autoComplete="off"
          spellCheck={false}
          placeholder="Search emoji"
          value={search.query}
          onChange={({ target }) => search.ask(target.value)}
          onKeyDown={(event) => {
            if (search.isAsked) return search.onKeyDown(event);
            // Into the groups, which walk by themselves.
            if (event.key === "ArrowDown") root.current?.querySelector<HTMLElement>(".emoji-viewport")?.focus();
          }}
        />
        <SkinTones tone={tone} onChoose={keepTone} />
      </header>
      {search.isAsked ? <EmojiResults id={id} search={search} onPick={pick} /> : <AllEmoji onPick={pick} />}
      {search.isAsked ? (
        <EmojiFoot emoji={current} />
      ) : (
        <Picker.ActiveEmoji>{({ emoji }) => <EmojiFoot emoji={emoji} />}</Picker.ActiveEmoji>
      )}
    </Picker.Root>
  );
}
