/**
 * tRPC's wire format, as far as we write it ourselves: the one file that knows it, held by a contract test with the real
 * client (frames.pg.test.ts). A tracked value reaches the client as `{ id, data }`, and the id stands twice: tRPC reads
 * the outer one to resume, the subscriber the inner one.
 */
export function frameHead(requestId: string, cursor: string): string {
  const id = JSON.stringify(cursor);
  return `{"id":${requestId},"result":{"type":"data","id":${id},"data":{"id":${id},"data":`;
}

export const FRAME_TAIL = "}}}";

/** Asks every client of ours to open a new socket before this one closes: at a shutdown, nothing in flight fails. */
export const RECONNECT_NOTICE = '{"id":null,"method":"reconnect"}';
