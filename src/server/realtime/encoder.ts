import type { WebSocket } from "ws";
import { Seat } from "./seat.ts";

type Outgoing = { id?: string | number | null; result?: { data?: { data?: unknown } } };

/**
 * Answers and catch-up pages are not the hub's to hold back. Somebody who asks for them and does not read is cut off
 * here (R10); one who is merely slow comes back and resumes by the cursor that reached him.
 */
const DROWNING_BYTES = 16 * 1024 * 1024;

/**
 * One encoder per connection. tRPC calls it synchronously with every message, just before it sends what is returned. So
 * when the message carries a seat, the seat can be taken here: what it missed goes out first, and everything that the hub
 * writes from now on comes after it. Everything else is plain JSON.
 */
export function encoderFor(socket: WebSocket) {
  return {
    encode(message: unknown): string {
      if (socket.bufferedAmount > DROWNING_BYTES) socket.terminate();
      const { id, result } = message as Outgoing;
      const value = result?.data?.data;
      return value instanceof Seat ? value.take(socket, JSON.stringify(id)) : JSON.stringify(message);
    },
    decode(text: string | ArrayBuffer | Uint8Array): unknown {
      // A binary frame is not ours: tRPC answers a parse error and the socket lives on.
      if (typeof text !== "string") throw new Error("A frame is text.");
      return JSON.parse(text);
    },
  };
}
