"use client";

import type { Message } from "#shared/messages.ts";
import { Popover } from "#ui/kit/popover.tsx";
import { useShown } from "#ui/messages/use-shown.ts";
import { useUserNames } from "#ui/messages/use-user-name.ts";
import { Face } from "#ui/people/face.tsx";

type Props = { message: Message; anchor: HTMLElement | null; onClose: () => void };

/** Everybody who reacted, by emoji. */
export function ReactionPeople({ message: row, anchor, onClose }: Props) {
  const message = useShown(row);
  const nameOf = useUserNames();
  return (
    <Popover label="Who reacted" anchor={anchor} side="top" onClose={onClose}>
      <ul className="people-list">
        {message.reactions.flatMap(({ emoji, userIds }) =>
          userIds.map((id) => (
            <li key={`${emoji} ${id}`}>
              <span>{emoji}</span>
              <Face person={{ id, name: nameOf(id), username: "" }} size="s" />
              <span className="label">{nameOf(id)}</span>
            </li>
          )),
        )}
      </ul>
    </Popover>
  );
}
