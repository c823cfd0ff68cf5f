import { createServer } from "node:http";
import { Server } from "socket.io";
import { answer } from "../answer.ts";
import { listening } from "./bare.ts";
import { batchOf, changeOf, changesOf, type Tick } from "./change.ts";
import { type Send, Store } from "./store.ts";

/** A room broadcast, over WebSockets from the first byte. Socket.io encodes once per broadcast by itself. */
async function start({ url }: { url: string }): Promise<number> {
  const store = new Store(url, "post");
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"], serveClient: false });
  io.on("connection", (socket) => {
    socket.on("join", async (roomId: string) => {
      await socket.join(roomId);
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

answer({ start });
