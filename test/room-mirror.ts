import { expect } from "vitest";
import { pageBefore } from "#server/domain/messages.ts";
import { roomFor } from "#server/domain/rooms.ts";
import { threadPage } from "#server/domain/threads.ts";
import { readChangesAsSystem } from "#server/realtime/changes.ts";
import { type Batch, cursorOf, parseCursor } from "#shared/feed.ts";
import { PAGE_SIZE_MAX } from "#shared/limits.ts";
import type { Message } from "#shared/messages.ts";
import { applyBatch, fromSnapshot, GAP, type RoomState, visibleMessages } from "#ui/rooms/room-state.ts";
import type { World } from "./world.ts";

/** A room as a device that has just opened it has it: the first page and the settings, as the server reads them. */
export async function freshRoom(userId: string, roomId: string): Promise<RoomState> {
  const page = await pageBefore(userId, roomId, {});
  return fromSnapshot({ room: (await roomFor(userId, roomId)).room, page });
}

/** The batches that the feed would send to somebody who stands where `state` stands, in pages of `limit`. */
export async function batchesAfter(world: World, state: RoomState, roomId: string, limit = 200): Promise<Batch[]> {
  const batches: Batch[] = [];
  let at = parseCursor(state.cursor ?? "").version;
  for (;;) {
    const read = (await readChangesAsSystem(world.pool, [{ roomId, cursor: at }], limit)).rooms.get(roomId);
    if (!read) throw new Error("There is no such room.");
    // As it travels: what JSON loses, a device does not have.
    batches.push(JSON.parse(JSON.stringify({ from: read.from, to: read.to, changes: read.changes })));
    at = read.to;
    if (!read.isFull) return batches;
  }
}

export function applyAll(state: RoomState, batches: Batch[]): RoomState {
  let now = state;
  for (const batch of batches) {
    const next = applyBatch(now, batch, cursorOf(parseCursor(state.cursor ?? "").epoch, batch.to));
    if (next === GAP) throw new Error(`A gap: ${now.cursor} and then from ${batch.from}.`);
    now = next;
  }
  return now;
}

/** What of a state a person can see. */
export const seen = (state: RoomState) => ({
  room: state.room,
  cursor: state.cursor,
  messages: visibleMessages(state),
});

/** Every thread of a room as somebody reads it anew, by its root. */
export async function freshThreads(world: World, userId: string, roomId: string): Promise<Map<string, Message[]>> {
  const { rows } = await world.pool.query<{ id: string }>(
    "select distinct thread_root as id from message where room_id = $1 and thread_root is not null",
    [roomId],
  );
  const threads = new Map<string, Message[]>();
  for (const { id } of rows) threads.set(id, (await threadPage(userId, { rootId: id, limit: PAGE_SIZE_MAX })).messages);
  return threads;
}

/** The threads as a device has them that had read `old` and heard what `state` heard. */
export function threadsIn(old: Map<string, Message[]>, state: RoomState): Map<string, Message[]> {
  const replies = new Map([...old.values()].flat().map((message) => [message.id, message]));
  for (const message of state.messages.values()) {
    const known = replies.get(message.id);
    if (message.threadRoot !== null && (!known || known.version < message.version)) replies.set(message.id, message);
  }
  const threads = new Map<string, Message[]>();
  for (const reply of [...replies.values()].sort((a, b) => a.seq - b.seq)) {
    const root = reply.threadRoot ?? "";
    threads.set(root, [...(threads.get(root) ?? []), reply]);
  }
  return threads;
}

/**
 * R12: what was known before, with the changes that the mutation emitted, is what a fresh read shows: the timeline, the
 * settings, and every thread. Every verb that changes a room goes through here once.
 */
export async function oldPlusChanges(
  world: World,
  userId: string,
  roomId: string,
  mutation: () => Promise<unknown>,
): Promise<RoomState> {
  const old = await freshRoom(userId, roomId);
  const oldThreads = await freshThreads(world, userId, roomId);
  await mutation();
  const batches = await batchesAfter(world, old, roomId);
  const now = applyAll(old, batches);
  expect(seen(now)).toEqual(seen(await freshRoom(userId, roomId)));
  expect(threadsIn(oldThreads, now)).toEqual(await freshThreads(world, userId, roomId));
  expect(seen(applyAll(now, batches)), "and again changes nothing").toEqual(seen(now));
  return now;
}

/** The members as a device that followed from the beginning has them, and as the table has them. */
export async function membersBothWays(world: World, state: RoomState, roomId: string) {
  const { rows } = await world.pool.query<{ id: string; version: number; has_left: boolean }>(
    "select user_id as id, version, left_at is not null as has_left from member where room_id = $1 order by version",
    [roomId],
  );
  const known = [...state.members.values()].map(({ person, version, leftAt }) => ({
    id: person.id,
    version,
    has_left: leftAt !== null,
  }));
  return { known: known.sort((a, b) => a.version - b.version), table: rows };
}
