import { answer } from "../answer.ts";
import { BareRooms } from "./bare.ts";
import { batchOf, changesOf, type Tick } from "./change.ts";

/** The floor: JSON built once, `ws.send` per socket. It stores nothing, reads nothing and knows nobody. */
const rooms = new BareRooms();

function publish(tick: Tick): void {
  const changes = changesOf(tick);
  if (tick.isBundled) return rooms.deliver(tick.roomId, JSON.stringify(batchOf(changes)));
  for (const change of changes) rooms.deliver(tick.roomId, JSON.stringify(batchOf([change])));
}

answer({ start: () => rooms.listen({ onSend: () => Promise.reject(new Error("not stored")), onTick: publish }) });
