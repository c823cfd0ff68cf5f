"use client";

import { Dialog } from "@base-ui/react/dialog";
import Search from "lucide-react/icons/search";
import { type KeyboardEvent, useId, useState } from "react";
import { useWentOn } from "#ui/kit/went-on.ts";
import { type Entry, entriesFor } from "./palette-entries.ts";
import { PaletteResults } from "./palette-results.tsx";
import { useRunEntry } from "./use-run-entry.ts";
import { useWorld } from "./use-world.ts";

type Props = { isOpen: boolean; onClose: () => void };

/** The way to everything by a few letters: rooms, people, and what one can do. */
export function Palette({ isOpen, onClose }: Props) {
  const finalFocus = useWentOn(isOpen, () => true);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(isNowOpen) => isNowOpen || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="palette" aria-label="Jump to" finalFocus={finalFocus}>
          <Finder onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const world = useWorld(typed);
  const { places, deeds } = entriesFor(typed, world);
  const all = [...places, ...deeds];
  const current = all[Math.min(at, all.length - 1)];
  const runEntry = useRunEntry();
  const choose = (entry: Entry) => {
    onClose();
    runEntry(entry);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length > 0) setAt((Math.min(at, all.length - 1) + step + all.length) % all.length);
    else if (event.key === "Enter" && !event.nativeEvent.isComposing && current) choose(current);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="palette-field">
        <Search className="i l" />
        <input
          role="combobox"
          aria-label="Jump to a room or a person, or do something"
          aria-expanded={all.length > 0}
          aria-controls={`${id}-results`}
          aria-activedescendant={current ? `${id}-${current.key}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="A room, a person, or something to do"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
        <Dialog.Close className="cancel">Cancel</Dialog.Close>
      </div>
      <PaletteResults id={id} places={places} deeds={deeds} current={current} typed={typed} onChoose={choose} />
      <footer>
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd> to move
        </span>
        <span>
          <kbd>↵</kbd> to open
        </span>
        <span>
          Type <kbd>&gt;</kbd> for actions only
        </span>
      </footer>
    </>
  );
}
