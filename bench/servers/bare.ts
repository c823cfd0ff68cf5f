import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Tick } from "./change.ts";
import type { Send } from "./store.ts";

/** What a bare client says: `{"id":1,"send":{…}}` or `{"tick":{…}}`. */
type Said = { id: number; send?: Send; tick?: Tick };

export type BareOptions = {
  onSend: (send: Send) => Promise<unknown>;
  onTick: (tick: Tick) => void;
};

/** Rooms of bare sockets: the least that can be called a server, for `ws` and `naive-notify`. */
export class BareRooms {
  readonly #rooms = new Map<string, Set<WebSocket>>();

  /** The loop that everything is compared with. */
  deliver(roomId: string, text: string): void {
    const frame = Buffer.from(text);
    for (const socket of this.#rooms.get(roomId) ?? []) socket.send(frame, { binary: false });
  }

  async listen({ onSend, onTick }: BareOptions): Promise<number> {
    const http = createServer();
    const server = new WebSocketServer({ server: http, perMessageDeflate: false });
    server.on("connection", (socket, request) => {
      this.#join(socket, new URL(request.url ?? "/", "http://localhost").searchParams.get("room") ?? "");
      socket.on("message", (data) => {
        const { id, send, tick } = JSON.parse(String(data)) as Said;
        if (tick) onTick(tick);
        if (send) void onSend(send).then(() => socket.send(`{"id":${id},"ok":true}`));
      });
      socket.send('{"joined":true}');
    });
    return listening(http);
  }

  #join(socket: WebSocket, roomId: string): void {
    const room = this.#rooms.get(roomId) ?? new Set();
    this.#rooms.set(roomId, room.add(socket));
    socket.on("close", () => room.delete(socket));
  }
}

/** On loopback only; answers the port. */
export async function listening(http: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return (http.address() as AddressInfo).port;
}
