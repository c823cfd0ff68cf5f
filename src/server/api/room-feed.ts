import { tracked } from "@trpc/server";
import type { z } from "zod";
import { type Batch, cursorOf, parseCursor } from "#shared/feed.ts";
import type { MessagePage } from "#shared/messages.ts";
import type { Room, RoomFeedInput } from "#shared/rooms.ts";
import type { Viewer } from "../auth/sessions.ts";
import { newestPageAsSystem } from "../domain/messages.ts";
import { roomFor } from "../domain/rooms.ts";
import { DomainError, removed, sessionEnded } from "../errors.ts";
import type { LiveNode } from "../realtime/live-node.ts";
import type { Resume } from "../realtime/metrics.ts";
import type { FeedSlots } from "./context.ts";
import { inTurn } from "./turns.ts";

type FeedContext = { viewer: Viewer; node: LiveNode; feeds: FeedSlots };

/**
 * A room's feed: where a doorbell meets a read. In this order, and the order is the point:
 *   1. take a seat at the hub, which pins what it hears from now on: an await before this line is a gap;
 *   2. prove membership;
 *   3. bring the client up to the hub by pages from the table, or by a fresh page when its cursor means nothing;
 *   4. hand over the seat: the encoder (realtime/encoder.ts) writes what the hub heard meanwhile, and from then on the
 *      hub writes to the socket itself;
 *   5. wait for the end. A removal or a revocation throws, so that the client is told why.
 */
export async function* roomFeed(
  { viewer, node, feeds }: FeedContext,
  input: z.infer<typeof RoomFeedInput>,
  signal: AbortSignal | undefined,
) {
  const { roomId } = input;
  const seat = node.hub.seat(roomId, viewer, signal);
  if (!feeds.take()) {
    seat.leave();
    throw new DomainError("TOO_MANY_REQUESTS", "This connection follows too many rooms.", { retryAfterMs: 1_000 });
  }
  try {
    const { version } = await roomFor(viewer.userId, roomId);
    seat.provedAt = version;
    node.hub.start(roomId, version);
    await node.hub.ready();
    let at = node.hub.positionOf(input.lastEventId, version);
    node.metrics.resumes.one(resumeOf(input.lastEventId, at !== null, at !== null && seat.isCaughtUp(at)));
    if (at === null) {
      const page = await node.hub.firstPage(roomId, () => newestPageAsSystem(roomId));
      // Both asked after the page, and of the table: it is the same for everybody, and what it holds may have been committed
      // after this person was removed or this session ended (R9).
      const standing = await roomFor(viewer.userId, roomId);
      seat.provedAt = standing.version;
      if (!(await node.sockets.stands(viewer.sessionId, false))) throw sessionEnded();
      const batch = freshStart(page, standing.room);
      yield tracked(page.cursor, batch);
      at = batch.to;
    }
    while (!seat.isCaughtUp(at)) {
      await feeds.outflow.drained();
      const from: number = at;
      const { wasRemoved, ...batch } = await inTurn(viewer.userId, () =>
        node.catchUp.page(roomId, viewer, from, seat.provedAt),
      );
      yield tracked(cursorOf(node.hub.epoch, batch.to), batch);
      if (wasRemoved) throw removed();
      at = batch.to;
    }
    // The client never sees a seat: the encoder turns it into a batch.
    yield tracked(cursorOf(node.hub.epoch, at), seat as unknown as Batch);
    await seat.ended;
  } finally {
    seat.leave();
    feeds.give();
  }
}

/** For those who run it: a storm that is answered from the ring costs nothing, resets after a restore are to be expected. */
function resumeOf(cursor: string | null | undefined, isKnown: boolean, isInRing: boolean): Resume {
  if (!cursor) return "fresh";
  if (!isKnown) return "reset";
  return isInRing ? "ring" : "database";
}

/** The newest page as a batch that replaces whatever the client knew. The settings are the younger of the two: its cursor must not be newer. */
function freshStart({ messages, hasOlder, cursor }: MessagePage, room: Room): Batch {
  const changes: Batch["changes"] = [
    { type: "room", version: room.version, room },
    ...messages.map((message) => ({ type: "message" as const, version: message.version, message })),
  ];
  return { from: 0, to: parseCursor(cursor).version, changes, reset: { hasOlder } };
}
