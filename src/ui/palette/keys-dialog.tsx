"use client";

import { Dialog } from "#ui/kit/dialog.tsx";
import type { AskedDialogProps } from "#ui/rooms/dialogs.tsx";

const KEYS: { title: string; keys: { does: string; by: string[] }[] }[] = [
  {
    title: "Getting around",
    keys: [
      { does: "Jump to a room, a person or an action", by: ["Ctrl", "K"] },
      { does: "Room above, room below", by: ["Alt", "↑ ↓"] },
      { does: "Next one with something new", by: ["Alt", "Shift", "↑ ↓"] },
      { does: "Along the list, and open", by: ["↑ ↓", "Enter"] },
      { does: "Menu of a room in the list", by: ["Shift", "F10"] },
      { does: "Close what is open", by: ["Esc"] },
    ],
  },
  {
    title: "Writing",
    keys: [
      { does: "Send", by: ["Enter"] },
      { does: "New line", by: ["Shift", "Enter"] },
      { does: "Edit your last message", by: ["↑"] },
      { does: "Bold, italic, code", by: ["Ctrl", "B I E"] },
      { does: "A link, where words are selected", by: ["Ctrl", "K"] },
      { does: "Somebody, a channel, an emoji", by: ["@ # :"] },
    ],
  },
  {
    title: "On a message, with Shift Tab from the composer",
    keys: [
      { does: "Message above, message below", by: ["↑ ↓"] },
      { does: "Its buttons, its menu", by: ["→", "Enter"] },
      { does: "Quote, reply in a thread", by: ["R", "T"] },
      { does: "Edit, delete", by: ["E", "Del"] },
      { does: "Pin, save for later", by: ["P", "S"] },
    ],
  },
  { title: "Help", keys: [{ does: "This list", by: ["Ctrl", "/"] }] },
];

/** Every key, in one place. */
export function KeysDialog({ isOpen, onClose }: AskedDialogProps) {
  return (
    <Dialog title="Keyboard" isOpen={isOpen} onClose={onClose} size="l">
      <div className="all-keys">
        {KEYS.map((part) => (
          <section key={part.title} className="key-list">
            <h3>{part.title}</h3>
            <dl>
              {part.keys.map(({ does, by }) => (
                <div key={does}>
                  <dt>{does}</dt>
                  <dd>
                    {by.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
