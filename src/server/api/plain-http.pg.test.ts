import { describe, expect, test } from "vitest";
import { inAWorld } from "#test/world.ts";

/** Over plain HTTP there are calls, and no feeds: a held answer has no socket to close, no cap and no end. */
const world = inAWorld();

describe("a feed asked for over plain HTTP", () => {
  test.each(["room.feed", "me.feed"])(
    "%s is refused, takes no seat and hangs no bell; a call beside it is answered",
    async (path) => {
      const ana = await world().person("ana");
      const roomId = await world().room(ana);
      const node = await world().node();
      const stage = await world().serve(node);
      const input = path === "room.feed" ? `?input=${encodeURIComponent(JSON.stringify({ roomId }))}` : "";
      const answer = await fetch(`${stage.http}/trpc/${path}${input}`, {
        headers: { cookie: ana.cookie, accept: "text/event-stream" },
        signal: AbortSignal.timeout(3_000),
      });
      // tRPC says no as a stream of one event; what counts is that the stream ends.
      expect(await answer.text()).toContain('"reason":"INVALID"');
      expect([node.hub.rooms, node.me.inboxes]).toEqual([0, 0]);
      expect((await fetch(`${stage.http}/trpc/room.list`, { headers: { cookie: ana.cookie } })).status).toBe(200);
    },
  );
});
