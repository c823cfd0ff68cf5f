import { createClient } from "@redis/client";
import { createAdapter } from "@socket.io/redis-adapter";
import { answer } from "../answer.ts";
import { serveRooms } from "./socketio-rooms.ts";

/**
 * The stack of source S2: Socket.io, its Redis adapter so that there may be a second node, one INSERT per message. What S2
 * asks of Redis besides (rate limits, a cache of messages, unread counts) and its look at the membership are left out: in its favour.
 */
async function start({ url, redis }: { url: string; redis: string }): Promise<number> {
  const publisher = createClient({ url: redis });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber]) client.on("error", (error) => console.error(`Redis: ${error}`));
  await Promise.all([publisher.connect(), subscriber.connect()]);
  return serveRooms(url, createAdapter(publisher, subscriber));
}

answer({ start });
