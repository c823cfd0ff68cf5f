import type { Batch, Change } from "#shared/feed.ts";
import { newId } from "#shared/ids.ts";
import { bodyOf } from "../cast.ts";

/** What a tick asks of a server that makes its changes itself: these numbers, told in the bodies. */
export type Tick = { roomId: string; authorId: string; first: number; count: number; isBundled: boolean };

export type Row = {
  id: string;
  room_id: string;
  seq: number;
  author_id: string;
  client_id: string;
  body: string;
  created_at: Date;
};

/** The shape of ours, so that every peer encodes and carries the same bytes. */
export function changeOf(row: Row): Change {
  return {
    type: "message",
    version: row.seq,
    message: {
      id: row.id,
      roomId: row.room_id,
      seq: row.seq,
      version: row.seq,
      clientId: row.client_id,
      kind: "text",
      body: row.body,
      author: { id: row.author_id, username: "person-1", name: "Person 1" },
      createdAt: row.created_at.toISOString(),
      editedAt: null,
      deletedAt: null,
      replyTo: null,
      threadRoot: null,
      pinned: null,
      reactions: [],
      thread: null,
    },
  };
}

export function batchOf(changes: Change[]): Batch {
  const [first, last] = [changes.at(0)?.version ?? 1, changes.at(-1)?.version ?? 0];
  return { from: first - 1, to: last, changes };
}

/** The changes of a tick that nobody stores. */
export function changesOf({ roomId, authorId, first, count }: Tick): Change[] {
  return Array.from({ length: count }, (_, index) =>
    changeOf({
      id: newId(),
      room_id: roomId,
      seq: first + index,
      author_id: authorId,
      client_id: newId(),
      body: bodyOf(first + index),
      created_at: new Date(),
    }),
  );
}
