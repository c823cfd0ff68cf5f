"use client";

import AtSign from "lucide-react/icons/at-sign";
import Bold from "lucide-react/icons/bold";
import Code from "lucide-react/icons/code";
import Italic from "lucide-react/icons/italic";
import Smile from "lucide-react/icons/smile";
import { type RefObject, useState } from "react";
import { EmojiPopover, warmEmoji } from "#ui/emoji/emoji-popover.tsx";
import { Tool } from "#ui/kit/tool.tsx";
import { applyEdit, type Edit } from "./edit.ts";
import { toggleMark } from "./formatting.ts";

type Selected = { text: string; start: number; end: number };
type Props = { field: RefObject<HTMLTextAreaElement | null>; isPlain: boolean };

/** What can be put into the text by pointing. Each keeps the caret where it was. */
export function ComposerTools({ field, isPlain }: Props) {
  const [emojiAt, setEmojiAt] = useState<HTMLElement | null>(null);
  const change = (edit: (selected: Selected) => Edit) => {
    const target = field.current;
    if (target && !target.readOnly)
      applyEdit(target, edit({ text: target.value, start: target.selectionStart, end: target.selectionEnd }));
  };
  return (
    <div className="tools">
      <Tool
        className="emoji"
        label="Emoji"
        icon={Smile}
        aria-haspopup="dialog"
        aria-expanded={emojiAt !== null}
        onPointerEnter={warmEmoji}
        onFocus={warmEmoji}
        onClick={(event) => setEmojiAt(event.currentTarget)}
      />
      {isPlain && <Tool label="Mention somebody" keys="@" icon={AtSign} onClick={() => change(atSign)} />}
      <Tool label="Bold" keys="Ctrl B" icon={Bold} onClick={() => change((selected) => toggleMark(selected, "**"))} />
      <Tool
        label="Italic"
        keys="Ctrl I"
        icon={Italic}
        onClick={() => change((selected) => toggleMark(selected, "_"))}
      />
      <Tool label="Code" keys="Ctrl E" icon={Code} onClick={() => change((selected) => toggleMark(selected, "`"))} />
      <EmojiPopover
        anchor={emojiAt}
        finalFocus={field}
        onClose={() => setEmojiAt(null)}
        onPick={(emoji) => change((selected) => insertion(selected, emoji))}
      />
    </div>
  );
}

/** As typed by hand: at the start of a word, so that it opens the list. */
function atSign(selected: Selected): Edit {
  const isInWord = /[^\s([{]$/.test(selected.text.slice(0, selected.start));
  return insertion({ ...selected, end: selected.start }, isInWord ? " @" : "@");
}

function insertion({ start, end }: Selected, insert: string): Edit {
  const after = start + insert.length;
  return { start, end, insert, selectStart: after, selectEnd: after };
}
