import type { MeEvent } from "#shared/rooms.ts";
import { roomsOf } from "../domain/rooms.ts";
import { DomainError } from "../errors.ts";
import { feed, router } from "./trpc.ts";

export const me = router({
  /**
   * What is mine alone: my rooms, and how this server hears of changes. Everything first, then again whatever changed.
   * Nothing to resume: a reconnect begins with everything.
   */
  feed: feed.subscription(async function* ({ ctx: { viewer, node, feeds }, signal }): AsyncGenerator<MeEvent> {
    // Hung before the first read: what changes in between rings.
    const bell = node.bells.hang(viewer.userId, signal);
    if (!feeds.take()) {
      bell.takeDown();
      throw new DomainError("TOO_MANY_REQUESTS", "This connection follows too much.", { retryAfterMs: 1_000 });
    }
    try {
      let known = "";
      let listening: string | undefined;
      do {
        if (listening !== node.listener.state) {
          listening = node.listener.state;
          yield { type: "node", listening: node.listener.state };
        }
        const all = await roomsOf(viewer.userId, { withArchived: true });
        // Archived ones ring too: on the day when one is opened again.
        bell.rooms = new Set(all.map((room) => room.id));
        const rooms = all.filter((room) => room.archivedAt === null);
        const now = JSON.stringify(rooms);
        if (now !== known) yield { type: "rooms", rooms };
        known = now;
      } while (await bell.rung());
    } finally {
      bell.takeDown();
      feeds.give();
    }
  }),
});
