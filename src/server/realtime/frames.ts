import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
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
 * Writes one unmasked text frame (RFC 6455, 5.2) as one buffer. `ws.send` would write header and payload apart, and that
 * second write is a fifth of what a delivery costs. In order beside ws's own sends, because those write to the same
 * stream at once too: nothing is compressed, masked or split on the server's side.
 */
export function writeText(socket: WebSocket, start: Buffer, rest: Buffer): void {
  const length = start.length + rest.length;
  const headBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headBytes + length);
  frame[0] = 0x81; // the last fragment, text
  frame[1] = headBytes === 2 ? length : headBytes === 4 ? 126 : 127;
  if (headBytes === 4) frame.writeUInt16BE(length, 2);
  if (headBytes === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  start.copy(frame, headBytes);
  rest.copy(frame, headBytes + start.length);
  (socket as unknown as { _socket: Duplex })._socket.write(frame);
}

/** All that was ever given to this socket's connection: frames, answers, pings. */
export function bytesWrittenTo(socket: WebSocket): number {
  return (socket as unknown as { _socket: Socket })._socket.bytesWritten;
}

/** Asks every client of ours to open a new socket before this one closes: at a shutdown, nothing in flight fails. */
export const RECONNECT_NOTICE = '{"id":null,"method":"reconnect"}';
