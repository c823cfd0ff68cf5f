import type { Person, ServerName } from "../plan.ts";

/**
 * How to talk to each server over a raw socket. The real clients (tRPC's, Socket.io's) would cost more than the servers
 * and differ from one another; these few frames are what they put on the wire, and all peers pay the same for them.
 */
export type Wire = {
  path: (roomId: string) => string;
  headers: (person: Person) => Record<string, string>;
  /** What to say when the socket is open, if anything. */
  hello: (call: Call) => string | null;
  /** What to answer at once: the servers' own pings, and the next step of a handshake. */
  reply: (text: string, call: Call) => string | null;
  /** True for the frame after which this socket is subscribed; `seen` counts the frames before it. */
  isJoined: (text: string, seen: number) => boolean;
  send: (call: Call, body: string) => string;
  tick: (call: Call, tick: object) => string;
  /** The number of the send that this frame answers. Throws when it was refused. */
  answered: (text: string) => number | null;
};

export type Call = { id: number; roomId: string; authorId: string; clientId: string };

/** Calls have numbers from here on, so that they are told from subscriptions. */
export const FIRST_CALL = 1_000_000;

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
  hello: () => null,
  reply: () => null,
  isJoined: (text) => text === '{"joined":true}',
  send: (call, body) => JSON.stringify({ id: call.id, send: sendOf(call, body) }),
  tick: (_, tick) => JSON.stringify({ tick }),
  answered: (text) => numberIn(text, /^\{"id":(\d+),/, () => false),
};

const mutation = (id: number, path: string, input: object) =>
  JSON.stringify({ id, method: "mutation", params: { path, input } });
const subscription = (id: number, path: string, input: object) =>
  JSON.stringify({ id, method: "subscription", params: { path, input } });

const trpc: Wire = {
  path: () => "/",
  headers: () => ({}),
  hello: ({ id, roomId }) => subscription(id, "feed", { roomId }),
  reply: (text) => (text === "PING" ? "PONG" : null),
  isJoined: (text) => text.includes('"type":"data"'),
  send: (call, body) => mutation(call.id, "send", sendOf(call, body)),
  tick: (call, tick) => mutation(call.id, "tick", tick),
  answered: (text) => numberIn(text, /^\{"id":(\d+),/, (answer) => answer.includes('"error":{')),
};

const ours: Wire = {
  ...trpc,
  path: () => "/trpc",
  headers: ({ cookie }) => ({ cookie, origin: "http://localhost:3000" }),
  hello: ({ id, roomId }) => subscription(id, "room.feed", { roomId }),
  // "started", then the fresh page, then the first frame of the live seat.
  isJoined: (text, seen) => seen === 2 && text.includes('"type":"data"'),
  send: ({ id, roomId, clientId }, body) => mutation(id, "message.send", { roomId, clientId, body }),
};

const socketio: Wire = {
  path: () => "/socket.io/?EIO=4&transport=websocket",
  headers: () => ({}),
  hello: () => null,
  reply: (text, { roomId }) => {
    if (text === "2") return "3";
    if (text.startsWith("0{")) return "40";
    return text.startsWith("40") ? `42${JSON.stringify(["join", roomId])}` : null;
  },
  isJoined: (text) => text === '42["joined"]',
  send: (call, body) => `42${call.id}${JSON.stringify(["send", sendOf(call, body)])}`,
  tick: (_, tick) => `42${JSON.stringify(["tick", tick])}`,
  answered: (text) => numberIn(text, /^43(\d+)\[/, () => false),
};

export const WIRES: Record<ServerName, Wire> = { ours, ws: bare, trpc, "naive-notify": bare, socketio };
