import type { WebSocket } from "ws";
import type { Outflow } from "./outflow.ts";
import { Seat } from "./seat.ts";

type Outgoing = { id?: string | number | null; result?: { data?: { data?: unknown } } };

/**
 * One encoder per connection. tRPC calls it synchronously with every message, just before it sends what is returned. So
 * when the message carries a seat, the seat can be taken here: what it missed goes out first, and everything that the hub
 * writes from now on comes after it. Everything else is plain JSON.
 */
export function encoderFor(socket: WebSocket, outflow: Outflow) {
  return {
    encode(message: unknown): string {
      outflow.assertAfloat();
      const { id, result } = message as Outgoing;
      const value = result?.data?.data;
      return value instanceof Seat ? value.take(socket, outflow, JSON.stringify(id)) : JSON.stringify(message);
    },
    decode(text: string | ArrayBuffer | Uint8Array): unknown {
      // A binary frame is not ours: tRPC answers a parse error and the socket lives on.
      if (typeof text !== "string") throw new Error("A frame is text.");
      return JSON.parse(text);
    },
  };
}
