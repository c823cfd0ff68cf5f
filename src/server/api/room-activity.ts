import type { z } from "zod";
import type { ActivityEvent, TypingInput } from "#shared/rooms.ts";
import type { Viewer } from "../auth/sessions.ts";
import { roomFor } from "../domain/rooms.ts";
import { DomainError } from "../errors.ts";
import type { LiveNode } from "../realtime/live-node.ts";
import type { FeedSlots } from "./context.ts";

/**
 * What fades in a room. The seat is taken before membership is proved, and the desk proves it once more in the order of
 * what it hears: a removal between the two ends it (R9).
 */
export async function* roomActivity(
  { viewer, node, feeds }: { viewer: Viewer; node: LiveNode; feeds: FeedSlots },
  roomId: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ActivityEvent> {
  if (!feeds.take())
    throw new DomainError("TOO_MANY_REQUESTS", "This connection follows too much.", { retryAfterMs: 1_000 });
  const seat = node.activity.seat(roomId, viewer.userId, signal);
  try {
    await roomFor(viewer.userId, roomId);
    node.activity.enter(seat);
    for (let events = await seat.next(feeds.outflow); events; events = await seat.next(feeds.outflow)) yield* events;
  } finally {
    seat.close();
    feeds.give();
  }
}

/** Somebody types. Whoever has the room open here was proved, and costs no query. */
export async function sayTyping(
  { viewer: { userId }, node }: { viewer: Viewer; node: LiveNode },
  { roomId, threadRoot }: z.output<typeof TypingInput>,
): Promise<void> {
  if (!node.activity.isOpenTo(userId, roomId)) await roomFor(userId, roomId);
  node.typing.say({ roomId, userId, threadRoot: threadRoot ?? null });
}
