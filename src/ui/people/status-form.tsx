"use client";

import ChevronDown from "lucide-react/icons/chevron-down";
import Smile from "lucide-react/icons/smile";
import { type FormEvent, useRef, useState } from "react";
import { type Person, type Profile, SetStatus } from "#shared/people.ts";
import { EmojiPopover, warmEmoji } from "#ui/emoji/emoji-popover.tsx";
import { type Clock, dayName, dayOf, timeOf, useClock } from "#ui/kit/clock.ts";
import { MenuButton } from "#ui/kit/menu.tsx";
import { sentenceOf } from "#ui/rooms/attempt.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { endOf, SPAN_WORDS, STATUS_SPANS, type StatusSpan } from "./status.ts";
import { useStatus } from "./use-status.ts";

const IDEAS = [
  { emoji: "🎧", text: "Listening, not talking" },
  { emoji: "🍽️", text: "At lunch" },
  { emoji: "🚲", text: "On my way" },
  { emoji: "🌴", text: "On holiday" },
];

type Props = { viewer: Person | Profile; onDone?: () => void };

/** What one is doing, for how long. It begins with what one says now, so `viewer` is as much as is known of oneself. */
export function StatusForm({ viewer, onDone }: Props) {
  const client = useClient();
  const clock = useClock();
  const now = useStatus(viewer);
  const [emoji, setEmoji] = useState(now?.emoji ?? "");
  const [text, setText] = useState(now?.text ?? "");
  const [until, setUntil] = useState<Date | null>(now?.until ? new Date(now.until) : null);
  const [news, setNews] = useState<{ isBad: boolean; words: string } | null>(null);
  const save = async (status: SetStatus["status"]) => {
    const read = SetStatus.safeParse({ status });
    if (!read.success) return setNews({ isBad: true, words: read.error.issues[0]?.message ?? "" });
    try {
      await client.me.setStatus.mutate(read.data);
      setNews({ isBad: false, words: status ? "Everyone sees it now." : "Cleared." });
      onDone?.();
    } catch (error) {
      setNews({ isBad: true, words: sentenceOf(error) });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save({ emoji, text, until: until?.toISOString() ?? null });
  };
  const clear = () => {
    setEmoji("");
    setText("");
    setUntil(null);
    void save(null);
  };
  return (
    <form method="post" className="status-form" noValidate onSubmit={submit}>
      <div className="status-line">
        <EmojiButton emoji={emoji} onPick={setEmoji} />
        <span className="field">
          <input
            aria-label="Status"
            placeholder="What are you doing?"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </span>
        <MenuButton
          label={`For how long: ${untilWords(until, clock)}`}
          className="button"
          items={STATUS_SPANS.map((span: StatusSpan) => ({
            label: SPAN_WORDS[span],
            onSelect: () => setUntil(endOf(span, new Date())),
          }))}
        >
          {untilWords(until, clock)}
          <ChevronDown className="i" />
        </MenuButton>
      </div>
      <div className="chips">
        {IDEAS.map((idea) => (
          <button
            key={idea.text}
            type="button"
            className="chip"
            onClick={() => {
              setEmoji(idea.emoji);
              setText(idea.text);
            }}
          >
            {idea.emoji} {idea.text}
          </button>
        ))}
      </div>
      <p className="saves">
        <button type="submit" className="button main" disabled={!emoji && !text.trim()}>
          Save status
        </button>
        {now && (
          <button type="button" className="button" onClick={clear}>
            Clear status
          </button>
        )}
        <small role="status" className={news?.isBad ? "bad" : undefined}>
          {news?.words}
        </small>
      </p>
    </form>
  );
}

function EmojiButton({ emoji, onPick }: { emoji: string; onPick: (emoji: string) => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button square"
        aria-label={emoji ? `Emoji: ${emoji}. Choose another` : "Choose an emoji"}
        onPointerEnter={warmEmoji}
        onClick={() => setIsOpen(true)}
      >
        {emoji || <Smile className="i l" />}
      </button>
      <EmojiPopover
        anchor={isOpen ? button.current : null}
        side="bottom"
        onPick={onPick}
        onClose={() => setIsOpen(false)}
      />
    </>
  );
}

/** "Until 09:00", "Until 23 November". */
function untilWords(until: Date | null, clock: Clock): string {
  if (!until) return "Until I clear it";
  const day = dayOf(until.getTime(), clock.zone);
  return `Until ${day === clock.today ? timeOf(until.getTime(), clock) : dayName(day, clock)}`;
}
