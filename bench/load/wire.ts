import type { Person } from "../cast.ts";
import type { ServerName } from "../peers.ts";

/**
 * How to talk to each server over a raw socket. The real clients (tRPC's, Socket.io's) would cost more than the servers
 * and differ from one another; these few frames are what they put on the wire, and all peers pay the same for them.
 */
export type Wire = {
  path: (roomId: string) => string;
  headers: (person: Person) => Record<string, string>;
  /** What to say when the socket is open. */
  hello: (arrival: Arrival) => string[];
  /** What to answer at once: the servers' own pings, and the next step of a handshake. */
  reply: (text: string, arrival: Arrival) => string | null;
  /** True for the frame after which this socket is subscribed; `seen` counts the frames of its room before it. */
  isJoined: (text: string, seen: number) => boolean;
  /** Where this frame brings its reader, when it says so: what a client would come back with. */
  cursorIn: (text: string) => string | null;
  send: (call: Call, body: string) => string;
  tick: (call: Call, tick: object) => string;
  /** The number of the send that this frame answers. Throws when it was refused. */
  answered: (text: string) => number | null;
};

export type Call = { id: number; roomId: string; authorId: string; clientId: string };

/** A socket that comes: for the first time, or with what it saw last. A browser also follows what is its person's own. */
export type Arrival = { id: number; roomId: string; after: string | null; isBrowser: boolean };

/** Calls have numbers from here on, so that they are told from subscriptions; from half of it on those of `me.feed`. */
export const FIRST_CALL = 1_000_000;
const FIRST_OWN = FIRST_CALL / 2;

const sendOf = ({ roomId, authorId, clientId }: Call, body: string) => ({ roomId, authorId, clientId, body });

function numberIn(text: string, shape: RegExp, isRefused: (text: string) => boolean): number | null {
  const id = Number(shape.exec(text)?.[1] ?? 0);
  if (id < FIRST_CALL) return null;
  if (isRefused(text)) throw new Error(`A send was refused: ${text}`);
  return id;
}

const bare: Wire = {
  path: (roomId) => `/?room=${roomId}`,
  headers: () => ({}),
  hello: () => [],
  reply: () => null,
  isJoined: (text) => text === '{"joined":true}',
  cursorIn: () => null,
  send: (call, body) => JSON.stringify({ id: call.id, send: sendOf(call, body) }),
  tick: (_, tick) => JSON.stringify({ tick }),
  answered: (text) => numberIn(text, /^\{"id":(\d+),/, () => false),
};

const mutation = (id: number, path: string, input: object) =>
  JSON.stringify({ id, method: "mutation", params: { path, input } });
const subscription = (id: number, path: string, input?: object) =>
  JSON.stringify({ id, method: "subscription", params: { path, input } });

/** A subscription's input carries the cursor when its client has been here before. */
const feedOf = ({ roomId, after }: Arrival) => (after === null ? { roomId } : { roomId, lastEventId: after });

const trpc: Wire = {
  path: () => "/",
  headers: () => ({}),
  hello: (arrival) => [subscription(arrival.id, "feed", feedOf(arrival))],
  reply: (text) => (text === "PING" ? "PONG" : null),
  isJoined: (text) => text.includes('"type":"data"'),
  cursorIn: (text) => /"type":"data","id":"([^"]+)"/.exec(text)?.[1] ?? null,
  send: (call, body) => mutation(call.id, "send", sendOf(call, body)),
  tick: (call, tick) => mutation(call.id, "tick", tick),
  answered: (text) => numberIn(text, /^\{"id":(\d+),/, (answer) => answer.includes('"error":{')),
};

/** superjson wraps whatever goes in, and the answers' results. */
const superjson: Wire = {
  ...trpc,
  hello: (arrival) => [subscription(arrival.id, "feed", { json: feedOf(arrival) })],
  send: (call, body) => mutation(call.id, "send", { json: sendOf(call, body) }),
  tick: (call, tick) => mutation(call.id, "tick", { json: tick }),
};

const ours: Wire = {
  ...trpc,
  path: () => "/trpc",
  headers: ({ cookie }) => ({ cookie, origin: "http://localhost:3000" }),
  hello: (arrival) => [
    ...(arrival.isBrowser ? [subscription(FIRST_OWN + arrival.id, "me.feed")] : []),
    subscription(arrival.id, "room.feed", feedOf(arrival)),
  ],
  // "started", then the fresh page, then the first frame of the live seat.
  isJoined: (text, seen) => seen === 2 && text.includes('"type":"data"'),
  send: ({ id, roomId, clientId }, body) => mutation(id, "message.send", { roomId, clientId, body }),
};

/** True for a frame of `me.feed`: the number in front says so. */
export const isOwn = (text: string): boolean => /^\{"id":5\d{5},/.test(text);

const socketio: Wire = {
  path: () => "/socket.io/?EIO=4&transport=websocket",
  headers: () => ({}),
  hello: () => [],
  reply: (text, { roomId, after }) => {
    if (text === "2") return "3";
    if (text.startsWith("0{")) return "40";
    return text.startsWith("40")
      ? `42${JSON.stringify(after === null ? ["join", roomId] : ["join", roomId, after])}`
      : null;
  },
  isJoined: (text) => text === '42["joined"]',
  cursorIn: () => null,
  send: (call, body) => `42${call.id}${JSON.stringify(["send", sendOf(call, body)])}`,
  tick: (_, tick) => `42${JSON.stringify(["tick", tick])}`,
  answered: (text) => numberIn(text, /^43(\d+)\[/, () => false),
};

export const WIRES: Record<ServerName, Wire> = {
  ours,
  ws: bare,
  trpc,
  "trpc-superjson": superjson,
  "naive-notify": bare,
  socketio,
  "socketio-redis": socketio,
  "socketio-postgres": socketio,
};
