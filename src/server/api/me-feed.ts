import type { MeEvent } from "#shared/rooms.ts";
import type { Viewer } from "../auth/sessions.ts";
import { DomainError } from "../errors.ts";
import type { Inbox } from "../realtime/inbox.ts";
import type { LiveNode } from "../realtime/live-node.ts";
import type { FeedSlots } from "./context.ts";

/** The one of each connection: a second would be told everything, again and again. */
const inboxes = new WeakMap<FeedSlots, Inbox>();

/** What is mine: first everything, then whatever changed. It is read by the desk, for everybody together (realtime/me-desk.ts). */
export async function* meFeed(
  { viewer, node, feeds }: { viewer: Viewer; node: LiveNode; feeds: FeedSlots },
  signal: AbortSignal | undefined,
): AsyncGenerator<MeEvent> {
  if (!feeds.take())
    throw new DomainError("TOO_MANY_REQUESTS", "This connection follows too much.", { retryAfterMs: 1_000 });
  inboxes.get(feeds)?.close();
  const inbox = node.me.open(viewer.userId, signal);
  inboxes.set(feeds, inbox);
  try {
    for (let events = await inbox.next(feeds.outflow); events; events = await inbox.next(feeds.outflow)) yield* events;
  } finally {
    inbox.close();
    feeds.give();
  }
}
