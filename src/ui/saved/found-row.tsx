"use client";

import type { ReactNode } from "react";
import { plainTextOf } from "#shared/markdown/plain-text.ts";
import type { Message } from "#shared/messages.ts";
import { type Clock, dayName, dayOf, timeOf } from "#ui/kit/clock.ts";
import { usePerson } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";

type Props = { message: Message; clock: Clock; about?: ReactNode; tools?: ReactNode; onOpen: () => void };

const WORDS = 300;

/** A message in a list outside its room: who, when, and its first lines. A click leads to it. */
export function FoundRow({ message, clock, about, tools, onOpen }: Props) {
  const { name } = usePerson(message.author);
  return (
    <article className="found-row">
      <Face person={message.author} size="m" />
      <div>
        <div className="name">
          <b>{name}</b>
          <time dateTime={message.createdAt}>
            {dayName(dayOf(message.createdAt, clock.zone), clock)}, {timeOf(message.createdAt, clock)}
          </time>
        </div>
        <button type="button" className="open" onClick={onOpen}>
          {message.deletedAt ? "This message was deleted" : plainTextOf(message.body, WORDS)}
        </button>
        {about && <small>{about}</small>}
      </div>
      {tools}
    </article>
  );
}
