import { EventEmitter, on } from "node:events";
import { createServer } from "node:http";
import { initTRPC, tracked } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import type { Batch } from "#shared/feed.ts";
import { answer } from "../answer.ts";
import { listening } from "./bare.ts";
import { batchOf, changeOf, changesOf, type Tick } from "./change.ts";
import { type Send, Store } from "./store.ts";

/** As in tRPC's own guide: a generator over an EventEmitter, `tracked()`, the stock adapter and its JSON encoder. */
const t = initTRPC.create();
const rooms = new EventEmitter().setMaxListeners(0);

function routerOver(store: Store) {
  return t.router({
    feed: t.procedure
      .input((given) => given as { roomId: string })
      .subscription(async function* ({ input, signal }): AsyncGenerator<ReturnType<typeof tracked<Batch>>> {
        const changes = on(rooms, input.roomId, signal ? { signal } : {});
        // Says that it listens: only then the load generator takes this socket for subscribed.
        yield tracked("0", batchOf([]));
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

async function start({ url }: { url: string }): Promise<number> {
  const http = createServer();
  const wss = new WebSocketServer({ server: http, perMessageDeflate: false });
  applyWSSHandler({ wss, router: routerOver(new Store(url, "post")) });
  return listening(http);
}

answer({ start });
