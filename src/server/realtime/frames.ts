import type { Socket } from "node:net";
import type { WebSocket } from "ws";

/**
 * tRPC's wire format, as far as we write it ourselves: the one file that knows it, held by a contract test with the real
 * client (frames.pg.test.ts). A tracked value reaches the client as `{ id, data }`, and the id stands twice: tRPC reads
 * the outer one to resume, the subscriber the inner one.
 */
export function frameStart(requestId: string): string {
  return `{"id":${requestId},"result":{"type":"data",`;
}

/** The rest, which is the same for everybody. `frameStart` and this are one message. */
export function frameRest(cursor: string, payload: string): string {
  const id = JSON.stringify(cursor);
  return `"id":${id},"data":{"id":${id},"data":${payload}}}}`;
}

/**
 * Up to here a frame is copied into one buffer. Beyond it the copy costs more than a second part of the same write, and
 * from 4 kB on, half of Node's pool of buffers, each copy would be an allocation of its own (29 µs a frame instead of 9).
 */
const COPIED_MAX = 2_048;

/**
 * Writes one unmasked text frame (RFC 6455, 5.2). A short one goes as one buffer: `ws.send` would write header and payload
 * apart, and that second part is a fifth of what a delivery costs. Of a long one the rest, which is the same for everybody,
 * is written as it is. In order beside ws's own control frames, because those write to the same stream at once too: nothing
 * is compressed, masked or split on the server's side.
 */
export function writeText(socket: WebSocket, start: Buffer, rest: Buffer): void {
  const connection = connectionOf(socket);
  const length = start.length + rest.length;
  if (length > COPIED_MAX) {
    const { frame, at } = textFrame(length, start.length);
    start.copy(frame, at);
    connection.cork();
    connection.write(frame);
    connection.write(rest);
    connection.uncork();
    return;
  }
  const { frame, at } = textFrame(length);
  start.copy(frame, at);
  rest.copy(frame, at + start.length);
  connection.write(frame);
}

/** The same for a text that is one person's: what tRPC sends, in the place of `ws.send`. */
export function writeString(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  const { frame, at } = textFrame(Buffer.byteLength(text));
  frame.write(text, at);
  connectionOf(socket).write(frame);
}

/** The head of a frame of so many bytes, with room for the first `held` of them, and where those begin. */
function textFrame(length: number, held = length): { frame: Buffer; at: number } {
  const at = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(at + held);
  frame[0] = 0x81; // the last fragment, text
  frame[1] = at === 2 ? length : at === 4 ? 126 : 127;
  if (at === 4) frame.writeUInt16BE(length, 2);
  if (at === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  return { frame, at };
}

const connectionOf = (socket: WebSocket) => (socket as unknown as { _socket: Socket })._socket;

/** All that was ever given to this socket's connection: frames, answers, pings. */
export function bytesWrittenTo(socket: WebSocket): number {
  const { bytesWritten, writableLength } = connectionOf(socket);
  // Node counts what still waits, and counts it no longer when the socket is cut off: a counter must not fall.
  return bytesWritten - writableLength;
}

/** Asks every client of ours to open a new socket before this one closes: at a shutdown, nothing in flight fails. */
export const RECONNECT_NOTICE = '{"id":null,"method":"reconnect"}';
