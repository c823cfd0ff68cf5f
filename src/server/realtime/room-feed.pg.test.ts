import { describe, expect, test } from "vitest";
import { eventually, inAWorld, type Stage } from "#test/world.ts";
import type { Batch } from "#shared/feed.ts";
import { newId } from "#shared/ids.ts";

const world = inAWorld();

type Client = ReturnType<Stage["client"]>;

/** Follows a room as a client does and keeps what arrives, batch by batch. */
function follow({ api }: Client, roomId: string, lastEventId?: string) {
  const batches: (Batch & { cursor: string })[] = [];
  const errors: { reason: string; message: string }[] = [];
  const subscription = api.room.feed.subscribe(
    { roomId, lastEventId },
    {
      onData: ({ id, data }) => batches.push({ ...data, cursor: id }),
      onError: (error) => errors.push({ reason: error.data?.reason ?? "transport", message: error.message }),
    },
  );
  const bodies = () => batches.flatMap(({ changes }) => changes.flatMap((c) => (c.type === "message" ? [c.message.body] : [])));
  return { batches, errors, bodies, subscription };
}

async function two() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const node = await world().node();
  const stage = await world().serve(node);
  return { ana, ben, roomId, node, stage, of: { ana: stage.client(ana), ben: stage.client(ben) } };
}

const say = ({ api }: Client, roomId: string, body: string) => api.message.send.mutate({ roomId, clientId: newId(), body });

describe("a room's feed, over a real socket with the real client", () => {
  test("ben sees what ana says, through the hub's own frames, in order", async () => {
    const { roomId, of, node } = await two();
    const seen = follow(of.ben, roomId);
    await eventually(() => node.hub.seats, (seats) => seats === 1);
    for (const word of ["one", "two", "three"]) await say(of.ana, roomId, word);
    await eventually(seen.bodies, (bodies) => bodies.length === 3);
    expect(seen.bodies()).toEqual(["one", "two", "three"]);
    expect(seen.batches[0]?.reset, "without a cursor it begins with a fresh page").toEqual({ hasOlder: false });
    for (const [index, batch] of seen.batches.entries()) {
      if (index > 1) expect(batch.from, "each batch begins where the last one ended").toBe(seen.batches[index - 1]?.to);
    }
  });
});
