import { mentionsIn } from "#shared/markdown/mentions.ts";

/** Whom a body calls, as the send queue and `message.mentions` take it: usernames, and "*" for @room. */
export function namesCalled(body: string): string[] {
  const { names, room } = mentionsIn(body);
  return room ? [...names, "*"] : names;
}
