"use client";

import ArrowRight from "lucide-react/icons/arrow-right";
import { useEffect, useRef } from "react";
import { Badge, badgeText } from "#ui/kit/badge.tsx";
import { Face } from "#ui/people/face.tsx";
import { useChat } from "#ui/rooms/chat-context.ts";
import { RoomIcon } from "#ui/rooms/room-icon.tsx";
import { personIn } from "#ui/rooms/room-label.ts";
import { weightOf } from "#ui/rooms/room-weight.ts";
import type { Entry } from "./palette-entries.ts";

type Props = {
  id: string;
  places: readonly Entry[];
  deeds: readonly Entry[];
  current: Entry | undefined;
  typed: string;
  onChoose: (entry: Entry) => void;
};

/** What was found, in two groups; one list to the arrows and to a screen reader. */
export function PaletteResults({ id, places, deeds, current, typed, onChoose }: Props) {
  const group = (title: string, entries: readonly Entry[]) =>
    entries.length > 0 && (
      // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox, not of fields
      <div role="group" aria-label={title}>
        <p className="heading">{title}</p>
        {entries.map((entry) => (
          <Option
            key={entry.key}
            id={`${id}-${entry.key}`}
            entry={entry}
            isCurrent={entry === current}
            onChoose={() => onChoose(entry)}
          />
        ))}
      </div>
    );
  return (
    <>
      <div id={`${id}-results`} className="results" role="listbox" aria-label="Results">
        {group("Go to", places)}
        {group("Do", deeds)}
      </div>
      <p className="nothing" role="status">
        {places.length + deeds.length === 0 ? `Nothing answers to “${typed.trim()}”. Try fewer letters.` : ""}
      </p>
    </>
  );
}

function Option({
  id,
  entry,
  isCurrent,
  onChoose,
}: {
  id: string;
  entry: Entry;
  isCurrent: boolean;
  onChoose: () => void;
}) {
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent) option.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as a combobox has them
    <div
      ref={option}
      id={id}
      className="option"
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Sign entry={entry} />
      <span className="label">
        <Marked label={entry.label} hits={entry.hits} />
        {entry.detail && <small>{entry.detail}</small>}
      </span>
      {entry.kind === "room" && <Waiting entry={entry} />}
      {isCurrent && <kbd>↵</kbd>}
    </div>
  );
}

function Sign({ entry }: { entry: Entry }) {
  const { viewer } = useChat();
  const person =
    entry.kind === "person" ? entry.person : entry.kind === "room" ? personIn(entry.room, viewer.id) : null;
  if (person) return <Face person={person} size="s" hasDot />;
  return entry.kind === "room" || entry.kind === "channel" ? (
    <RoomIcon room={entry.room} className="i" />
  ) : (
    <ArrowRight className="i" />
  );
}

function Waiting({ entry }: { entry: Entry & { kind: "room" } }) {
  const { count, isMention } = weightOf(entry.room);
  return (
    <Badge count={count} isMention={isMention} label={`, ${badgeText(count)} ${isMention ? "mentions" : "unread"}`} />
  );
}

function Marked({ label, hits }: { label: string; hits: readonly number[] }) {
  const marked = new Set(hits);
  return label.split("").map((letter, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a letter has no other identity than its place
    marked.has(at) ? <b key={at}>{letter}</b> : letter,
  );
}
