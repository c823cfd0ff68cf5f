import { createServer } from "node:http";
import { Server, type ServerOptions } from "socket.io";
import { listening } from "./bare.ts";
import { batchOf, changeOf, changesOf, type Tick } from "./change.ts";
import { type Send, Store } from "./store.ts";

/**
 * A room broadcast, over WebSockets from the first byte. Socket.io encodes once per broadcast by itself. Who comes back says
 * what was seen last and is read the rest, as in Socket.io's own tutorial.
 */
export async function serveRooms(url: string, adapter?: ServerOptions["adapter"]): Promise<number> {
  const store = new Store(url, "post");
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"], serveClient: false, ...(adapter ? { adapter } : {}) });
  io.on("connection", (socket) => {
    socket.on("join", async (roomId: string, after?: string) => {
      await socket.join(roomId);
      if (after !== undefined) {
        const missed = await store.after(roomId, after);
        if (missed.length > 0) socket.emit("changes", batchOf(missed.map(changeOf)));
      }
      socket.emit("joined");
    });
    socket.on("send", async (send: Send, answered: (seq: number) => void) => {
      const row = await store.insert(send);
      io.to(send.roomId).emit("changes", batchOf([changeOf(row)]));
      answered(row.seq);
    });
    socket.on("tick", (tick: Tick) => {
      for (const change of changesOf(tick)) io.to(tick.roomId).emit("changes", batchOf([change]));
    });
  });
  return listening(http);
}
