import { RECEIPTS_LIVE_MAX } from "#shared/limits.ts";
import type { MyRoom } from "#shared/rooms.ts";

/** What this device has been given and has not said so of: the newest place of each room that grew since it last said. */
export function undelivered(
  rooms: Iterable<MyRoom>,
  said: ReadonlyMap<string, number>,
  knownPeople: number,
): { roomId: string; seq: number }[] {
  const marks: { roomId: string; seq: number }[] = [];
  for (const { id, isLobby, lastSeq, lastReadSeq } of rooms) {
    // Everybody is in the lobby, and in a room of that size nobody is told who was given what.
    const isLarge = isLobby && knownPeople > RECEIPTS_LIVE_MAX;
    if (isLarge || lastSeq <= Math.max(said.get(id) ?? 0, lastReadSeq)) continue;
    marks.push({ roomId: id, seq: lastSeq });
  }
  return marks;
}
