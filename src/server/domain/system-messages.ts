import type pg from "pg";
import type { Room } from "#shared/rooms.ts";

/**
 * Leaves word of what somebody did, as the room shows it after their name: "joined", "renamed the room to “kitchen”".
 * Not in direct rooms, where both see it anyway. The caller holds the room's lock; the trigger numbers and rings.
 */
export async function leaveWord(
  tx: pg.PoolClient,
  room: Pick<Room, "id" | "kind">,
  userId: string,
  phrase: string,
): Promise<void> {
  if (room.kind === "direct") return;
  // Not now(): a transaction that waited for the lock began before what stands above its word.
  await tx.query(
    "insert into message (room_id, author_id, kind, body, created_at) values ($1, $2, 'system', $3, clock_timestamp())",
    [room.id, userId, phrase],
  );
}

const LIST = new Intl.ListFormat("en-GB");

/** "Ben Okafor, Cleo Martin and Dana Weiss". */
export const listed = (people: { name: string }[]): string => LIST.format(people.map(({ name }) => name));
