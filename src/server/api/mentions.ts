import { mentionsIn } from "#shared/markdown/mentions.ts";
import { env } from "../env.ts";

/**
 * Whom a body calls, as the send queue and `message.mentions` take it: usernames, and "*" for @room. Nobody, by one that
 * will be refused as TOO_LONG: reading it would hold the node before anything is known of its author.
 */
export function namesCalled(body: string): string[] {
  const most = env().MESSAGE_MAX_LENGTH;
  if (body.length > 2 * most || (body.length > most && [...body].length > most)) return [];
  const { names, room } = mentionsIn(body);
  return room ? [...names, "*"] : names;
}
