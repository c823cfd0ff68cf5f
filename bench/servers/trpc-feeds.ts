import { EventEmitter, on } from "node:events";
import { createServer } from "node:http";
import { initTRPC, tracked } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import type superjson from "superjson";
import { WebSocketServer } from "ws";
import type { Batch } from "#shared/feed.ts";
import { listening } from "./bare.ts";
import { batchOf, changeOf, changesOf, type Tick } from "./change.ts";
import { type Send, Store } from "./store.ts";

/**
 * As in tRPC's own guide: a generator over an EventEmitter, `tracked()`, the stock adapter and encoder; who comes back with
 * `lastEventId` is read the rest.
 */
const rooms = new EventEmitter().setMaxListeners(0);

function routerOver(store: Store, transformer?: typeof superjson) {
  const t = transformer ? initTRPC.create({ transformer }) : initTRPC.create();
  return t.router({
    feed: t.procedure
      .input((given) => given as { roomId: string; lastEventId?: string })
      .subscription(async function* ({ input, signal }): AsyncGenerator<ReturnType<typeof tracked<Batch>>> {
        const changes = on(rooms, input.roomId, signal ? { signal } : {});
        const missed = input.lastEventId ? await store.after(input.roomId, input.lastEventId) : [];
        // Also when nothing was missed: only then the load generator takes this socket for subscribed.
        yield tracked(String(missed.at(-1)?.seq ?? 0), batchOf(missed.map(changeOf)));
        for await (const [batch] of changes as AsyncIterable<[Batch]>) yield tracked(String(batch.to), batch);
      }),
    send: t.procedure
      .input((given) => given as Send)
      .mutation(async ({ input }) => {
        const row = await store.insert(input);
        rooms.emit(input.roomId, batchOf([changeOf(row)]));
        return { id: row.id, seq: row.seq };
      }),
    tick: t.procedure
      .input((given) => given as Tick)
      .mutation(({ input }) => {
        for (const change of changesOf(input)) rooms.emit(input.roomId, batchOf([change]));
      }),
  });
}

export async function serveFeeds(url: string, transformer?: typeof superjson): Promise<number> {
  const http = createServer();
  const wss = new WebSocketServer({ server: http, perMessageDeflate: false });
  applyWSSHandler({ wss, router: routerOver(new Store(url, "post"), transformer) });
  return listening(http);
}
