"use client";

import { useEffect, useRef, useState } from "react";
import type { Message } from "#shared/messages.ts";

const EVERY_MS = 2_000;
/** Long enough to be read out. What is deleted since must not be found here. */
const KEPT_MS = 10_000;

/**
 * Tells a screen reader what others say, at most once in two seconds. It stands apart from the list: a list that grows at
 * both ends, and holds only what is in view, would be read out at random.
 */
export function Announcer({ messages, viewerId }: { messages: readonly Message[]; viewerId: string }) {
  const heard = useRef<number | null>(null);
  const waiting = useRef<Message[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [words, setWords] = useState("");

  useEffect(() => {
    const newest = messages.at(-1)?.seq ?? 0;
    const from = heard.current ?? newest;
    // Further up, the newest on screen is an old one: what lies between has been heard.
    heard.current = Math.max(from, newest);
    for (let i = messages.length - 1; i >= 0 && (messages[i] as Message).seq > from; i--) {
      const message = messages[i] as Message;
      if (message.author.id !== viewerId) waiting.current.unshift(message);
    }
    if (waiting.current.length === 0 || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      setWords(sentence(waiting.current));
      waiting.current = [];
      timer.current = undefined;
    }, EVERY_MS);
  }, [messages, viewerId]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (words === "") return;
    const end = setTimeout(() => setWords(""), KEPT_MS);
    return () => clearTimeout(end);
  }, [words]);

  return (
    <div className="sr" aria-live="polite">
      {words}
    </div>
  );
}

function sentence(messages: readonly Message[]): string {
  // What the room says of itself is told when there is nothing else to tell.
  const said = messages.filter(({ kind }) => kind !== "system");
  const one = said.length > 0 ? said[0] : messages.at(-1);
  if (one && said.length < 2) return `${one.author.name}: ${one.body.slice(0, 300)}`;
  const names = [...new Set(said.map((message) => message.author.name))];
  return `${said.length} new messages from ${new Intl.ListFormat("en").format(names)}`;
}
